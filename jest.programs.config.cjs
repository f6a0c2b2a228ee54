/** The tests of `test:programs`. The log tests run here also with the log agents that `npm test` skips. */
process.env.LOG_AGENTS = "all";

module.exports = {
  ...require("./jest.config.cjs"),
  testMatch: ["<rootDir>/__tests__/programs/*.test.ts", "<rootDir>/__tests__/log-{agent,outages}.test.ts"],
};
