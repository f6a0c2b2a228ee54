import { readFileSync } from "node:fs";
import { join } from "node:path";
import { charts } from "../../settings/versions";
import type { ProjectFiles } from "./edited-project";

/** A small edit of the project, and what a colleague would write about it. */
export interface ReviewedEdit {
  readonly title: string;
  readonly edit: (files: ProjectFiles) => ProjectFiles;
  /** The expected text. Numbers of alerts and objects are `<n>`, because they change with the product. */
  readonly review: string;
}

export const reviewedEdits: readonly ReviewedEdit[] = [
  {
    title: "a threshold",
    edit: inFile("alerts/erp-api/erp-route-fails.ts", ["ratio(0.2)", "ratio(0.25)"]),
    review: "ErpRouteFails (warning): limit 20 % → 25 % in local, staging, production",
  },
  {
    title: "a chart",
    edit: inFile("settings/versions.ts", [`version: "${charts.loki.version}"`, 'version: "99.0.0"']),
    review: `Chart logging/loki: version ${charts.loki.version} → 99.0.0 in local, staging, production: https://github.com/grafana-community/helm-charts/releases/tag/loki-99.0.0`,
  },
  {
    title: "a receiver",
    edit: inFile("config/production.ts", [
      'slack: { channel: "#erp-production", apiUrlKey: "slack-api-url" }',
      'webhook: { urlKey: "chat-url" }',
    ]),
    review: `Receiver chat: slack → webhook (notified by all <n> critical alerts and all <n> warning alerts) in production
Secret monitoring/alertmanager-receivers needs the key chat-url, no longer needs the key slack-api-url in production`,
  },
  {
    title: "a new environment",
    edit: (files) => ({
      ...files,
      "config/qa.ts": textOf(files, "config/staging.ts")
        .replaceAll("staging", "qa")
        .replace('tier: "qa"', 'tier: "staging"'),
      "config/environments.ts": `import { qa } from "./qa";\n${textOf(files, "config/environments.ts").replace("[local", "[local, qa")}`,
    }),
    review: `Environment qa is new
    qa-base, qa-erp, qa-monitoring with <n> objects and 6 charts
    <n> alerts, <n> dashboards
    <n> critical alerts notify chat
    <n> warning alerts notify chat (muted at nights)
    needs the Secrets erp/erp-celery-exporter, erp/erp-elasticsearch, erp/erp-elasticsearch-exporter, erp/erp-postgresql, erp/erp-postgresql-exporter, erp/erp-redis, erp/erp-redis-exporter, erp/erp-tls, grafana/grafana-admin, grafana/grafana-tls, monitoring/alertmanager-receivers`,
  },
  {
    title: "a removed panel",
    edit: inFile("dashboards/erp-api/api-traffic.ts", ["    exceptions(http),\n", ""]),
    review:
      'Dashboard FastAPI overview (erp-fastapi-overview): panel "Unhandled exceptions" is removed in local, staging, production',
  },
  {
    title: "a volume",
    edit: inFile("config/production.ts", ['storage: "1Gi"', 'storage: "2Gi"']),
    review: `!!! 1 CHANGE IS BREAKING
Helm release monitoring/kube-prometheus-stack in production: existing volumes keep their size: docs/runbooks/grow-a-volume.md describes the manual steps
    alertmanager.storage 1Gi → 2Gi`,
  },
  {
    title: "a permission",
    edit: inFile("constructs/pod-template.ts", [
      "automountServiceAccountToken: false",
      "automountServiceAccountToken: true",
    ]),
    review:
      "Deployment erp/celery-exporter, erp/erp-api, erp/erp-beat, erp/erp-worker, erp/postgresql-exporter, erp/redis-exporter, Job erp/erp-migrate in local, staging, production; Deployment erp/erp-traffic, erp/postgresql, erp/redis in local; Deployment erp/elasticsearch-exporter in staging, production: automountServiceAccountToken false → true",
  },
  {
    title: "a network path",
    edit: inFile("stacks/erp-ingress.ts", [
      "ports: [addresses.erpWorker.port],\n      from: [pods.prometheus]",
      "ports: [addresses.erpWorker.port],\n      from: [pods.prometheus, pods.blackboxExporter]",
    ]),
    review:
      "NetworkPolicy erp/erp-worker admits monitoring/prometheus-blackbox-exporter to port 9000 in local, staging, production",
  },
  {
    title: "a Secret's name",
    edit: inFile("config/production.ts", [
      'exporterSecret: { name: "erp-elasticsearch-exporter"',
      'exporterSecret: { name: "search-exporter"',
    ]),
    review:
      "Secret erp/erp-elasticsearch-exporter is now erp/search-exporter, which must be created before the deployment (key url) in production",
  },
  {
    title: "an alert switched off",
    edit: inFile("config/staging.ts", [
      "scale: { minReplicas: 2, maxReplicas: 4, targetCpuUtilization: 70 }",
      "scale: { replicas: 2 }",
    ]),
    review: `ErpAutoscalerAtMaximum (warning) is switched off in staging, because \`erp.api.scale\` sets a fixed number of pods
Dashboard FastAPI overview (erp-fastapi-overview): panel "CPU use, % of request": description changed, thresholds changed in staging
Dashboard Infrastructure (platform-infrastructure): panel "API pods and autoscaler maximum" is removed, panel "Pods the autoscaler can still add" is removed in staging
Job kube-state-metrics no longer keeps kube_horizontalpodautoscaler_spec_max_replicas, kube_horizontalpodautoscaler_status_condition, kube_horizontalpodautoscaler_status_current_replicas in staging
Removed: HorizontalPodAutoscaler erp/erp-api in staging
Deployment erp/erp-api: replicas 2 is new in staging`,
  },
];

/** @throws {Error} when the file does not contain a text to replace, because the edit would change nothing. */
function inFile(path: string, ...replacements: readonly (readonly [from: string, to: string])[]): ReviewedEdit["edit"] {
  return (files) => ({
    ...files,
    [path]: replacements.reduce(
      (text, [from, to]) => {
        if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`);
        return text.replaceAll(from, () => to);
      },
      textOf(files, path),
    ),
  });
}

function textOf(files: ProjectFiles, path: string): string {
  return files[path] ?? readFileSync(join(__dirname, "..", "..", path), "utf8");
}
