/** `tsc` checks the types once; here swc only removes them. Packages that ship only ES modules are compiled too. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/*.test.ts"],
  // By default, jest leaves one core free. On a machine with two cores, the tests would take twice as long.
  maxWorkers: "100%",
  // A test that starts a program takes many times as long on a busy machine.
  testTimeout: 60_000,
  transform: {
    "^.+\\.[mc]?[jt]s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!(@prometheus-io|@lezer|@grafana)/)"],
  // Coverage measured by Node costs little. Instrumented code takes three times as long.
  coverageProvider: "v8",
  coveragePathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/erp", "<rootDir>/preview/node_modules"],
};
