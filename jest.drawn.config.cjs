/** The tests of `test:drawn`, which need `preview/` installed, and a Chromium. */
module.exports = {
  ...require("./jest.config.cjs"),
  testMatch: ["<rootDir>/__tests__/drawn/*.test.ts"],
};
