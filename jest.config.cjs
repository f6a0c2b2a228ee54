/** Types are checked once by `tsc`; here swc only strips them. Packages that ship ES modules only are compiled too. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/*.test.ts"],
  globalSetup: "<rootDir>/__tests__/temporary-folder/set-up.ts",
  globalTeardown: "<rootDir>/__tests__/temporary-folder/tear-down.ts",
  // Jest would leave one core free; on two cores, that would double the time.
  maxWorkers: "100%",
  // A test that starts a program takes many times as long on a machine that is busy.
  testTimeout: 60_000,
  transform: {
    "^.+\\.[mc]?[jt]s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!(@prometheus-io|@lezer|@grafana)/)"],
  // The coverage that Node measures itself costs little; instrumented code takes three times as long.
  coverageProvider: "v8",
  coveragePathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/"],
  modulePathIgnorePatterns: [
    "<rootDir>/cdktf.out",
    "<rootDir>/erp",
    "<rootDir>/preview/node_modules",
    "<rootDir>/conformance/node_modules",
  ],
};
