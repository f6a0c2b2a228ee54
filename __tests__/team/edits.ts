import type { ConfigFiles } from "./config-files";

/** An edit of a team in its `config/`. */
export interface Edit {
  /** Completes the sentence "A team …". */
  readonly title: string;
  readonly edit: (files: ConfigFiles) => ConfigFiles;
  /** The setting that the refusal names. @default the edit is accepted */
  readonly refusedAt?: string;
}

/** Edits of every kind of setting. The first eight once made tests of the product fail. */
export const edits: readonly Edit[] = [
  {
    title: "has hosts of its own",
    edit: inAll(["example.com", "shop.test"]),
  },
  {
    title: "has a context, a StorageClass and a bucket of its own",
    edit: inFile(
      "production.ts",
      ['context: "production"', 'context: "arn:aws:eks:eu-central-1:1234:cluster/shop"'],
      ['storageClass: "gp3"', 'storageClass: "premium-rwo"'],
      ['bucket: "example-loki"', 'bucket: "shop-loki"'],
      ['bucket: "example-terraform-state"', 'bucket: "shop-state"'],
    ),
  },
  {
    title: "keeps the state of production in Google Cloud Storage",
    edit: inFile("production.ts", [
      /backend: "s3",[^}]*/,
      'backend: "gcs", bucket: "shop-state", prefix: "erp/production",',
    ]),
  },
  {
    title: "has no Elasticsearch",
    edit: inAll([/ {4}elasticsearch: \{[^}]*\}[^}]*\}[^}]*\},\n/, ""]),
  },
  {
    title: "has a latency threshold of 0.25 s",
    edit: inFile("production.ts", ["threshold: 0.5", "threshold: 0.25"]),
  },
  {
    title: "has an existing Secret with the Sentry DSN",
    edit: inFile("production.ts", [
      'mode: "managed", revision: 1',
      'mode: "existing", secret: { name: "sentry", key: "dsn" }, revision: 1',
    ]),
  },
  {
    title: "keeps the logs in Google Cloud Storage",
    edit: inFile("production.ts", [
      /storage: \{\s+type: "s3",[^}]*\{\},\s+\}/,
      'storage: { type: "gcs", bucket: "shop-loki", walSize: "10Gi", serviceAccountAnnotations: {} }',
    ]),
  },
  {
    title: "instruments the ERP with fastapi-instrumentator",
    edit: inAll(["...referenceErp,\n", '...referenceErp,\n    httpMetrics: "fastapi-instrumentator",\n']),
  },
  {
    title: "has at least four pods of the API",
    edit: inFile("production.ts", ["minReplicas: 3", "minReplicas: 4"]),
  },
  {
    title: "adds the environment qa",
    edit: (files) => ({
      ...files,
      "qa.ts": (files["staging.ts"] ?? "").replaceAll("staging", "qa").replace('tier: "qa"', 'tier: "staging"'),
      "environments.ts": addToList(files, "qa"),
    }),
  },
  {
    title: "removes staging",
    edit: ({ "staging.ts": _, ...files }) => ({ ...files, "environments.ts": removeFromList(files, "staging") }),
  },
  {
    title: "has two environments of tier production",
    edit: ({ "production.ts": production = "", ...files }) => {
      const region = (name: string) =>
        production
          .replaceAll("production", `production-${name}`)
          .replace("const production-", "const production_")
          .replace(`const production_${name}`, `const production${name.toUpperCase()}`)
          .replace(`tier: "production-${name}"`, 'tier: "production"')
          .replaceAll("example.com", `${name}.example.com`)
          .replace("example-loki", `example-loki-${name}`);
      const eu = addToList(files, "production-eu", "productionEU");
      const both = addToList({ ...files, "environments.ts": eu }, "production-us", "productionUS");
      return {
        ...files,
        "production-eu.ts": region("eu"),
        "production-us.ts": region("us"),
        "environments.ts": removeFromList({ ...files, "environments.ts": both }, "production"),
      };
    },
  },
  {
    title: "collects the logs with Alloy, also those of a namespace of its own",
    edit: inAll([
      "  alertmanager: {\n",
      '  logAgent: { kind: "alloy", namespaces: ["shop"], resources: containerResources("100m", "128Mi") },\n  alertmanager: {\n',
    ]),
  },
  {
    title: "is notified by webhook and mail",
    edit: inFile(
      "production.ts",
      ['pagerduty: { credentialKey: "pagerduty-routing-key" }', 'webhook: { urlKey: "pager-url" }'],
      [
        'slack: { channel: "#erp-production", apiUrlKey: "slack-api-url" }',
        'email: { to: "ops@shop.test", from: "alerts@shop.test", smarthost: "smtp.shop.test:587", username: "alerts", passwordKey: "smtp-password" }',
      ],
    ),
  },
  {
    title: "has a closed network",
    edit: inAll([
      "  runbookBaseUrl:",
      '  mirrors: { charts: "oci://registry.shop.test/charts", images: "registry.shop.test/mirror" },\n  runbookBaseUrl:',
    ]),
  },
  {
    title: "keeps every metric, and the chart's own rules and dashboards",
    edit: inAll(["  runbookBaseUrl:", '  clusterMonitoring: "full",\n  chartContent: "on",\n  runbookBaseUrl:']),
  },
  {
    title: "has an operator, a node-exporter and a Grafana in its cluster",
    edit: inFile(
      "staging.ts",
      ['operator: "install"', 'operator: "existing"'],
      ['nodeExporter: "install"', 'nodeExporter: "existing"'],
      [
        /grafana: \{\s+mode: "on",[^}]*\},?\s+\},/,
        'grafana: { mode: "existing", namespace: "observability", url: "https://grafana.shop.test" },',
      ],
    ),
  },
  {
    title: "keeps samples for a year and logs for 90 days, and sends samples to a store of its own",
    edit: inFile(
      "production.ts",
      [
        "  alertmanager: {\n",
        `  prometheus: {
    ...highlyAvailable.prometheus,
    retention: "1y",
    retentionSize: "400GB",
    storage: "500Gi",
    externalLabels: { region: "eu" },
    remoteWrite: [{ url: "https://mimir.shop.test/api/v1/push" }],
  },
  alertmanager: {
`,
      ],
      ["...highlyAvailable.loki,", '...highlyAvailable.loki,\n    retention: "90d",'],
    ),
  },
  {
    title: "has objectives of its own",
    edit: inAll([
      /availability: \{ objective: [\d.]+, window: "30d" \}/,
      'availability: { objective: 0.99, window: "28d" }',
    ]),
  },
  {
    title: "does not publish the ERP outside the cluster",
    edit: inFile("production.ts", [/ {4}ingress: \{\s+hosts:[^}]*\},\n/, ""]),
  },
  {
    title: "has a latency threshold that no bucket measures",
    edit: inFile("production.ts", ["threshold: 0.5", "threshold: 0.6"]),
    refusedAt: "config/production.ts: erp.slos.latency.threshold",
  },
  {
    title: "has more API pods than its PostgreSQL allows connections for",
    edit: inFile("production.ts", ["maxReplicas: 12", "maxReplicas: 40"]),
    refusedAt: "config/production.ts: erp.postgresql.connections",
  },
  {
    title: "gives two environments one bucket",
    edit: inFile("staging.ts", [
      'storage: { type: "filesystem", size: "10Gi" }',
      'storage: { type: "s3", bucket: "example-loki", region: "eu-central-1", walSize: "10Gi", serviceAccountAnnotations: {} }',
    ]),
    refusedAt: "loki.storage: must be unique",
  },
];

type Replacement = readonly [from: string | RegExp, to: string];

/** @throws {Error} when a text to replace does not exist, because the edit would change nothing. */
function inFile(file: string, ...replacements: readonly Replacement[]): Edit["edit"] {
  return (files) => ({ ...files, [file]: replaceTexts(files[file] ?? "", file, replacements) });
}

/** Replaces a text in production and staging, and in other files that contain it. */
function inAll(replacement: Replacement): Edit["edit"] {
  return (files) =>
    Object.fromEntries(
      Object.entries(files).map(([file, text]) => [
        file,
        ["production.ts", "staging.ts"].includes(file) ? replaceTexts(text, file, [replacement]) : text,
      ]),
    );
}

function replaceTexts(text: string, file: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((given, [from, to]) => {
    const found = typeof from === "string" ? given.includes(from) : from.test(given);
    if (!found) throw new Error(`${file} has nothing like ${from}`);
    return typeof from === "string" ? given.replaceAll(from, () => to) : given.replace(from, () => to);
  }, text);
}

/** `environments.ts` with one more environment. */
function addToList(files: ConfigFiles, file: string, name = file): string {
  const text = files["environments.ts"] ?? "";
  return `import { ${name} } from "./${file}";\n${text.replace("[local", `[${name}, local`)}`;
}

/** `environments.ts` with one environment less. */
function removeFromList(files: ConfigFiles, name: string): string {
  const text = files["environments.ts"] ?? "";
  return text
    .replace(`import { ${name} } from "./${name}";\n`, "")
    .replace(new RegExp(`(, )?\\b${name}\\b(?=[,\\]])`), "");
}
