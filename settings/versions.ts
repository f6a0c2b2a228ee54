/**
 * Versions of all charts and third-party images that are deployed. They are pinned only here.
 * The `renovate:` comments configure where Renovate finds newer versions.
 */

/**
 * A Helm chart at one exact version. A version range makes the provider fail, because the planned version differs from
 * the installed one.
 */
export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  /**
   * Version of the program that the chart deploys, as its `Chart.yaml` states it. Captured metrics and tools must match
   * it. `npm run check:charts` compares it with the chart.
   */
  readonly appVersion: string;
  /**
   * Versions of the other programs that the chart deploys, which captured metrics must match. Each is named after its
   * image: `kubeStateMetrics` is the program of the image `kube-state-metrics`, whose tag `npm run check:charts` reads.
   * @default no metrics of other programs are captured
   */
  readonly programs?: Readonly<Record<string, string>>;
  /** Address of the chart's change log, with `<version>` in place of the version if each version has a page of its own. */
  readonly changeLog: string;
}

const prometheusCommunity = "https://prometheus-community.github.io/helm-charts";
const grafanaCommunity = "oci://ghcr.io/grafana-community/helm-charts";
const grafanaLabs = "https://grafana.github.io/helm-charts";

export const charts = {
  kubePrometheusStack: {
    name: "kube-prometheus-stack",
    // renovate: datasource=helm depName=kube-prometheus-stack registryUrl=https://prometheus-community.github.io/helm-charts
    version: "88.5.3",
    repository: prometheusCommunity,
    appVersion: "v0.93.1",
    programs: {
      prometheusConfigReloader: "0.93.1",
      prometheus: "3.14.0",
      alertmanager: "0.34.0",
      kubeStateMetrics: "2.20.0",
      nodeExporter: "1.12.1",
    },
    changeLog: "https://github.com/prometheus-community/helm-charts/releases/tag/kube-prometheus-stack-<version>",
  },
  prometheusOperatorCrds: {
    name: "prometheus-operator-crds",
    // renovate: datasource=helm depName=prometheus-operator-crds registryUrl=https://prometheus-community.github.io/helm-charts
    version: "31.0.1",
    repository: prometheusCommunity,
    appVersion: "v0.93.1",
    changeLog: "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-operator-crds-<version>",
  },
  blackboxExporter: {
    name: "prometheus-blackbox-exporter",
    // renovate: datasource=helm depName=prometheus-blackbox-exporter registryUrl=https://prometheus-community.github.io/helm-charts
    version: "11.17.2",
    repository: prometheusCommunity,
    appVersion: "v0.28.0",
    changeLog:
      "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-blackbox-exporter-<version>",
  },
  grafana: {
    name: "grafana",
    // renovate: datasource=docker depName=ghcr.io/grafana-community/helm-charts/grafana
    version: "12.11.1",
    repository: grafanaCommunity,
    appVersion: "13.2.0",
    changeLog: "https://github.com/grafana-community/helm-charts/releases/tag/grafana-<version>",
  },
  loki: {
    name: "loki",
    // renovate: datasource=docker depName=ghcr.io/grafana-community/helm-charts/loki
    version: "18.11.0",
    repository: grafanaCommunity,
    appVersion: "3.7.6",
    programs: { lokiCanary: "3.7.6" },
    changeLog: "https://github.com/grafana-community/helm-charts/releases/tag/loki-<version>",
  },
  promtail: {
    name: "promtail",
    // renovate: datasource=helm depName=promtail registryUrl=https://grafana.github.io/helm-charts
    version: "6.17.1",
    repository: grafanaLabs,
    appVersion: "3.5.1",
    changeLog: "https://github.com/grafana/helm-charts/releases/tag/promtail-<version>",
  },
  alloy: {
    name: "alloy",
    // renovate: datasource=helm depName=alloy registryUrl=https://grafana.github.io/helm-charts
    version: "1.11.1",
    repository: grafanaLabs,
    appVersion: "v1.18.1",
    changeLog: "https://github.com/grafana/alloy/blob/main/operations/helm/charts/alloy/CHANGELOG.md",
  },
  openTelemetryCollector: {
    name: "opentelemetry-collector",
    // renovate: datasource=helm depName=opentelemetry-collector registryUrl=https://open-telemetry.github.io/opentelemetry-helm-charts
    version: "0.170.0",
    repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
    appVersion: "0.158.0",
    // The stacks replace the chart's image, which lacks components that our configuration uses.
    programs: { opentelemetryCollectorContrib: "0.161.0" },
    changeLog:
      "https://github.com/open-telemetry/opentelemetry-helm-charts/releases/tag/opentelemetry-collector-<version>",
  },
} as const satisfies Record<string, Chart>;

/** Images of our own Deployments, and those that replace the image of a chart. The others of a chart follow from its version. */
export const images = {
  // renovate: datasource=docker depName=quay.io/prometheuscommunity/postgres-exporter
  postgresExporter: "quay.io/prometheuscommunity/postgres-exporter:v0.19.1",
  // renovate: datasource=docker depName=docker.io/oliver006/redis_exporter
  redisExporter: "docker.io/oliver006/redis_exporter:v1.88.0",
  // renovate: datasource=docker depName=quay.io/prometheuscommunity/elasticsearch-exporter
  elasticsearchExporter: "quay.io/prometheuscommunity/elasticsearch-exporter:v1.11.0",
  // renovate: datasource=docker depName=docker.io/danihodovic/celery-exporter
  celeryExporter: "docker.io/danihodovic/celery-exporter:0.12.2",
  // renovate: datasource=docker depName=docker.io/library/postgres
  postgresql: "docker.io/library/postgres:15",
  // renovate: datasource=docker depName=docker.io/library/redis
  redis: "docker.io/library/redis:7",
  // renovate: datasource=docker depName=docker.io/otel/opentelemetry-collector-contrib
  otelCollector: "docker.io/otel/opentelemetry-collector-contrib:0.161.0",
  // renovate: datasource=docker depName=docker.io/jaegertracing/jaeger
  jaeger: "docker.io/jaegertracing/jaeger:2.13.0",
  // renovate: datasource=docker depName=docker.io/openzipkin/zipkin-slim
  zipkin: "docker.io/openzipkin/zipkin-slim:3.5.1",
} as const;

/** Addresses of the images' change logs, with `<version>` in place of the tag if each version has a page of its own. */
export const imageChangeLogs: Readonly<Record<keyof typeof images, string>> = {
  postgresExporter: "https://github.com/prometheus-community/postgres_exporter/releases/tag/<version>",
  redisExporter: "https://github.com/oliver006/redis_exporter/releases/tag/<version>",
  elasticsearchExporter: "https://github.com/prometheus-community/elasticsearch_exporter/releases/tag/<version>",
  celeryExporter: "https://github.com/danihodovic/celery-exporter/releases",
  postgresql: "https://www.postgresql.org/docs/release/",
  redis: "https://github.com/redis/redis/releases",
  otelCollector: "https://github.com/open-telemetry/opentelemetry-collector-contrib/releases/tag/v<version>",
  jaeger: "https://github.com/jaegertracing/jaeger/releases/tag/v<version>",
  zipkin: "https://github.com/openzipkin/zipkin/releases/tag/<version>",
};

/** Terraform providers for which cdktf has no package, by their source. */
export const providers = {
  sentry: {
    source: "jianyuan/sentry",
    // renovate: datasource=terraform-provider depName=jianyuan/sentry
    version: "0.15.4",
  },
} as const;

/** Kubernetes version whose own metrics were captured. The stacks can also be deployed to other versions. */
export const kubernetes = "1.33";
