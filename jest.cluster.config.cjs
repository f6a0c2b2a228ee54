/** The story of `npm run test:cluster`: one file, told in order, and at an end with the first test that fails. */
module.exports = {
  ...require("./jest.config.cjs"),
  testMatch: ["<rootDir>/__tests__/cluster/*.test.ts"],
};
