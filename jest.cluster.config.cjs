/** Tests on a real cluster. `test:cluster` and `test:live` each run one file, and the steps of a file run in order. */
module.exports = {
  ...require("./jest.config.cjs"),
  testMatch: ["<rootDir>/__tests__/cluster/*.test.ts"],
};
