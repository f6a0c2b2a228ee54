import type { Construct } from "constructs";
import { BlackboxExporter } from "../constructs/blackbox-exporter";
import { CustomResources } from "../constructs/custom-resources";
import { Grafana } from "../constructs/grafana";
import { IngressRules } from "../constructs/ingress-rules";
import { KubePrometheusStack } from "../constructs/kube-prometheus-stack";
import { Loki } from "../constructs/loki";
import { prometheusRule } from "../constructs/prometheus-rule";
import { addresses, monitorLabels, namespaces, url } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { chartSource } from "../settings/mirrors";
import { podDefaults } from "../settings/pod-defaults";
import type { RemoteWrite } from "../settings/remote-write";
import { tracingOf } from "../settings/tracing";
import { charts } from "../settings/versions";
import type { Signals } from "../signals";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
import { GrafanaContent } from "./grafana-content";
import { LogAgent } from "./log-agent";
import { monitoringIngress } from "./monitoring-ingress";
import { platformMonitors } from "./platform-monitors";
import { TeamContents } from "./team-contents";
import { Tracing } from "./tracing";

export interface MonitoringStackProps extends EnvironmentStackProps {
  readonly signals: Signals;
}

/** The monitoring system: metrics, logs, alerting, dashboards, and the rules that monitor it. */
export class MonitoringStack extends EnvironmentStack {
  constructor(scope: Construct, id: "monitoring", props: MonitoringStackProps) {
    super(scope, id, props);
    const { environment, signals } = props;
    const { cluster, mirrors, resources, prometheus, alertmanager, loki, grafana } = environment;
    const agents = podDefaults(environment, "agents");
    const monitoringPods = podDefaults(environment, "monitoring");
    const shared = { imageRegistry: mirrors.images, storageClass: cluster.storageClass, ...monitoringPods };

    new IngressRules(this, "Ingress", { rules: monitoringIngress(environment) });
    new KubePrometheusStack(this, "Prometheus", {
      ...shared,
      namespace: namespaces.monitoring,
      source: chartSource(charts.kubePrometheusStack, mirrors),
      priorityClasses: { agents: agents.priorityClass, monitoring: monitoringPods.priorityClass },
      placements: { agents: agents.placement, monitoring: monitoringPods.placement },
      monitorLabels,
      operator: cluster.operator === "install",
      nodeExporter: nodeExporter(cluster),
      keep: signals.clusterJobs,
      chartContent: environment.chartContent === "on",
      prometheus: {
        ...prometheus,
        externalLabels: { ...prometheus.externalLabels, environment: environment.name },
        remoteWrite: prometheus.remoteWrite.map(remoteWrite),
        exemplars: tracingOf(environment) !== undefined,
      },
      alertmanager: {
        ...alertmanager,
        config: signals.alertmanagerConfig,
        messages: signals.alertMessages,
        secrets: alertmanager.secret ? [alertmanager.secret] : [],
      },
      resources,
    });
    new BlackboxExporter(this, "BlackboxExporter", {
      ...shared,
      namespace: namespaces.monitoring,
      source: chartSource(charts.blackboxExporter, mirrors),
      resources: resources.blackboxExporter,
    });
    new Loki(this, "Loki", {
      ...shared,
      ...loki,
      namespace: namespaces.logging,
      source: chartSource(charts.loki, mirrors),
      alertmanagerUrl: url(addresses.alertmanager),
      rules: signals.logs.rules,
      canaryResources: loki.canary ? resources.canary : undefined,
      canaryPlacement: agents.placement,
    });
    new LogAgent(this, "LogAgent", { environment, logs: signals.logs });
    const traces = tracingOf(environment);
    if (traces) new Tracing(this, "Tracing", { environment, traces });
    if (grafana.mode === "on") {
      new Grafana(this, "Grafana", {
        ...shared,
        ...grafana,
        namespace: namespaces.grafana,
        source: chartSource(charts.grafana, mirrors),
        dataSources: signals.dataSources,
        ingress: grafana.ingress && cluster.ingress && { ...grafana.ingress, className: cluster.ingress.className },
        sidecarResources: resources.dashboardSidecar,
      });
    }
    new CustomResources(this, "Signals", {
      name: "platform-signals",
      namespace: namespaces.monitoring,
      resources: [
        ...platformMonitors(signals),
        ...signals.platform.rules.map((group) => prometheusRule(group, monitorLabels)),
      ],
    });
    new GrafanaContent(this, "Dashboards", {
      grafana,
      dashboards: signals.platform.dashboards,
      dataSources: signals.dataSources,
    });
    new TeamContents(this, "Teams", { teams: signals.teams, grafana });
  }
}

function nodeExporter({ nodeExporter: wanted }: Environment["cluster"]) {
  if (wanted === "off") return undefined;
  return wanted === "existing" ? wanted : { namespace: namespaces.nodeAgents };
}

/** Remote write in the operator's format. Its name is its address, so that alerts about it contain the address. */
function remoteWrite(receiver: RemoteWrite): object {
  const { url, basicAuth, bearerToken, oauth2, sigv4, tenant, tls, writeRelabelings } = receiver;
  return {
    name: url,
    url,
    ...(basicAuth && { basicAuth }),
    ...(bearerToken && { authorization: { type: "Bearer", credentials: bearerToken } }),
    ...(oauth2 && { oauth2: { ...oauth2, clientId: { secret: oauth2.clientId } } }),
    ...(sigv4 && { sigv4 }),
    ...(tenant && { headers: { "X-Scope-OrgID": tenant } }),
    ...(tls && {
      tlsConfig: {
        ...(tls.ca && { ca: { secret: tls.ca } }),
        ...(tls.cert && { cert: { secret: tls.cert }, keySecret: tls.key }),
        ...(tls.serverName && { serverName: tls.serverName }),
      },
    }),
    ...(writeRelabelings && { writeRelabelConfigs: writeRelabelings }),
  };
}
