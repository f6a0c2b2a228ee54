/** The tests of `test:programs`. Those of the logs also run here with the agents that `npm test` leaves out. */
process.env.LOG_AGENTS = "all";

module.exports = {
  ...require("./jest.config.cjs"),
  testMatch: ["<rootDir>/__tests__/programs/*.test.ts", "<rootDir>/__tests__/log-{agent,outages}.test.ts"],
};
