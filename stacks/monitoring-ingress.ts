import type { IngressRule } from "../constructs/ingress-rules";
import { present } from "../kit/lists";
import { addresses, erpPrograms, namespaces, type Pods, pods } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { ownStore, tracingOf } from "../settings/tracing";
import { collectorPorts } from "../traces/collector";
import { jaegerPorts } from "../traces/jaeger";
import { zipkinPort } from "../traces/zipkin";

/** Port of each log agent's metrics. The charts name it `http-metrics`. */
const logAgentPorts = { promtail: 3101, alloy: 12345 } as const;

/**
 * Every connection that the monitoring system accepts. No policy applies to node-exporter, which uses the host's
 * network.
 */
export function monitoringIngress(environment: Environment): readonly IngressRule[] {
  const { cluster, grafana, logAgent, loki } = environment;
  const controller: Pods[] =
    grafana.mode === "on" && grafana.ingress && cluster.ingress
      ? [{ namespace: cluster.ingress.controllerNamespace, labels: {} }]
      : [];
  const existingGrafana: Pods[] =
    grafana.mode === "existing" ? [{ namespace: grafana.namespace, labels: pods.grafana.labels }] : [];
  const agents = pods[logAgent.kind];
  const canaries: Pods[] = loki.canary ? [pods.lokiCanary] : [];
  const readers: Pods[] = grafana.mode === "on" ? [pods.grafana] : existingGrafana;
  return present<IngressRule>([
    {
      name: "prometheus",
      to: pods.prometheus,
      ports: [addresses.prometheus.port],
      from: [pods.prometheus, ...readers],
    },
    {
      name: "alertmanager",
      to: pods.alertmanager,
      ports: [addresses.alertmanager.port],
      from: [pods.prometheus, pods.loki, ...readers],
    },
    {
      name: "alertmanager-gossip",
      to: pods.alertmanager,
      ports: [9094],
      // With TCP alone, the members find each other but still send every notification twice.
      protocols: ["TCP", "UDP"],
      from: [pods.alertmanager],
    },
    { name: "config-reloader", to: pods.prometheus, ports: [8080], from: [pods.prometheus] },
    { name: "alertmanager-config-reloader", to: pods.alertmanager, ports: [8080], from: [pods.prometheus] },
    { name: "operator", to: pods.operator, ports: [8080], from: [pods.prometheus] },
    { name: "kube-state-metrics", to: pods.kubeStateMetrics, ports: [8080], from: [pods.prometheus] },
    {
      name: "blackbox-exporter",
      to: pods.blackboxExporter,
      ports: [addresses.blackboxExporter.port],
      from: [pods.prometheus],
    },
    grafana.mode === "on" && {
      name: "grafana",
      to: pods.grafana,
      ports: [3000],
      from: [pods.prometheus, ...controller],
    },
    {
      name: "loki",
      to: pods.loki,
      ports: [addresses.loki.port],
      from: [pods.prometheus, agents, pods.loki, ...canaries, ...readers],
    },
    { name: "loki-members", to: pods.loki, ports: [7946, 9095], protocols: ["TCP", "UDP"], from: [pods.loki] },
    loki.canary && { name: "loki-canary", to: pods.lokiCanary, ports: [3500], from: [pods.prometheus] },
    { name: "log-agent", to: agents, ports: [logAgentPorts[logAgent.kind]], from: [pods.prometheus] },
    ...tracesIngress(environment, readers),
  ]);
}

/** Programs of the ERP that make traces: all except the traffic generator, which is a client. */
const tracedPrograms = erpPrograms.filter((program) => program !== "erp-traffic");

/** The connections of traces: from the ERP to the collector, from it to the store, and from Grafana to the store. */
function tracesIngress(environment: Environment, readers: readonly Pods[]): readonly IngressRule[] {
  if (tracingOf(environment) === undefined) return [];
  const store = ownStore(environment)?.store;
  const { otelCollector, prometheus } = pods;
  return present<IngressRule>([
    {
      name: "otel-collector",
      to: otelCollector,
      ports: [collectorPorts.otlpHttp],
      from: tracedPrograms.map((program) => ({
        namespace: namespaces.erp,
        labels: { "app.kubernetes.io/name": program },
      })),
    },
    {
      name: "otel-collector-metrics",
      to: otelCollector,
      ports: [collectorPorts.metrics, collectorPorts.spanMetrics],
      from: [prometheus],
    },
    store === "jaeger" && { name: "jaeger", to: pods.jaeger, ports: [jaegerPorts.otlpGrpc], from: [otelCollector] },
    store === "jaeger" && { name: "jaeger-query", to: pods.jaeger, ports: [jaegerPorts.query], from: readers },
    store === "jaeger" && { name: "jaeger-metrics", to: pods.jaeger, ports: [jaegerPorts.metrics], from: [prometheus] },
    // Zipkin serves spans, queries and metrics at one port.
    store === "zipkin" && {
      name: "zipkin",
      to: pods.zipkin,
      ports: [zipkinPort],
      from: [otelCollector, prometheus, ...readers],
    },
  ]);
}
