/** The table of imports in docs/architecture.md, as rules. */
const everywhere = "^(faults\\.ts$|node_modules/)";

/** Names of namespaces, Services and ports, and the services and namespaces of teams. */
const names = "^settings/(addresses|team-members)\\.ts$";

/** Everything that descriptors import. */
const content = ["settings/", "kit/", "metrics/", "logs/", "traces/", "alerts/", "dashboards/"];

/** Allowed imports besides the place itself, faults.ts and packages. From `types`, only types and the names. */
const mayImport = {
  "config/": { values: ["settings/"] },
  "settings/": { values: ["kit/queries/"] },
  "kit/queries/": {},
  "kit/metrics/": { values: ["kit/queries/"] },
  "kit/alerts/": { values: ["kit/queries/", "kit/metrics/"] },
  "kit/dashboards/": { values: ["kit/queries/", "kit/metrics/", "kit/alerts/", "kit/lists\\.ts"] },
  "kit/notifications/": { values: ["kit/queries/", "kit/metrics/", "kit/alerts/"] },
  "kit/lists\\.ts": {},
  "metrics/": { values: ["kit/", "traces/"], types: ["settings/"] },
  "logs/": { values: ["kit/"], types: ["settings/"] },
  "traces/": { values: ["kit/", "logs/"], types: ["settings/"] },
  "alerts/": { values: ["kit/", "metrics/", "logs/", "traces/"], types: ["settings/"] },
  "dashboards/": { values: ["kit/", "metrics/", "logs/", "traces/", "alerts/"], types: ["settings/"] },
  "subjects/": { values: content },
  "signals\\.ts": { values: [...content, "subjects/"] },
  "signals-json\\.ts": { values: ["kit/", "subjects/", "signals\\.ts"] },
  "constructs/": {},
  "stacks/": { values: [...content, "subjects/", "constructs/", "signals\\.ts"] },
  "main\\.ts": {
    values: ["settings/", "signals\\.ts", "signals-json\\.ts", "stacks/", "constructs/disable-stack-traces\\.ts"],
  },
  "commands/": {
    values: [
      ...content,
      "subjects/",
      "signals\\.ts",
      "signals-json\\.ts",
      "main\\.ts",
      // check:charts renders the charts that only these environments use.
      "__tests__/fixtures/",
    ],
    types: [
      "preview/src/session\\.ts",
      "preview/src/facts\\.ts",
      "preview/browser/order\\.ts",
      "conformance/src/contract\\.ts",
    ],
  },
  "preview/": {},
  "conformance/": { values: ["kit/"] },
};

const placeRules = Object.entries(mayImport).flatMap(([place, { values = [], types = [] }]) => {
  const name = place
    .replace(/\\\.ts|\//g, " ")
    .trim()
    .replace(" ", "-");
  return [
    {
      name: `imports-of-${name}`,
      comment: `${place} may import ${[place, ...values, ...types.map((type) => `${type} (types)`)].join(", ")} only`,
      severity: "error",
      from: { path: `^${place}` },
      to: {
        path: "^[^/]+/|\\.ts$",
        pathNot: `${everywhere}|^(${[place, ...values, ...types].join("|")})`,
        dependencyTypesNot: ["core", "npm", "npm-dev", "unknown"],
      },
    },
    ...types.map((type) => ({
      name: `${name}-imports-types-of-${type.replace("/", "")}`,
      comment: `${place} may import only types from ${type}, and the names of addresses and teams`,
      severity: "error",
      from: { path: `^${place}` },
      to: { path: `^${type}`, pathNot: names, dependencyTypesNot: ["type-only"] },
    })),
  ];
});

module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "cdktf-stays-in-its-place",
      comment:
        "cdktf is archived upstream. One alias must be enough to use its fork, so only these folders may import it",
      severity: "error",
      from: { pathNot: "^(main\\.ts|stacks/|constructs/|bench/|__tests__/)" },
      to: { path: "node_modules/(cdktf|@cdktf|constructs)/" },
    },
    {
      name: "settings-of-users-are-loaded",
      comment:
        "settings/load-environments.ts loads config/, so that a mistake in it is reported like every other fault. Tests of the product use fixture environments",
      severity: "error",
      from: { pathNot: "^config/" },
      to: { path: "^config/" },
    },
    {
      name: "no-unresolvable",
      comment: "preview/ and conformance/ have their own packages, which may not be installed",
      severity: "error",
      from: { pathNot: "^(preview|conformance)/" },
      to: { couldNotResolve: true },
    },
    ...placeRules,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|erp|(preview|conformance)/(dist|node_modules))" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
