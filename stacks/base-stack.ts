import type { Construct } from "constructs";
import { ChartRelease } from "../constructs/chart-release";
import { CriticalPodsQuota } from "../constructs/critical-pods-quota";
import { PriorityClass } from "../constructs/priority-class";
import { TrustBoundary } from "../constructs/trust-boundary";
import { namespaces } from "../settings/addresses";
import { chartSource } from "../settings/mirrors";
import { createdPriorityClasses, priorityClass } from "../settings/priority-classes";
import { tracingOf } from "../settings/tracing";
import { charts } from "../settings/versions";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

/** The first stack of an environment: namespaces, PriorityClasses, and the CRDs of the Prometheus operator. */
export class BaseStack extends EnvironmentStack {
  constructor(scope: Construct, id: "base", props: EnvironmentStackProps) {
    super(scope, id, props);
    const { environment } = props;
    const protect = environment.tier !== "local";

    const monitoring = new TrustBoundary(this, "Monitoring", {
      namespace: namespaces.monitoring,
      podSecurity: "restricted",
      protect,
    });
    new TrustBoundary(this, "Grafana", { namespace: namespaces.grafana, podSecurity: "restricted", protect });
    new TrustBoundary(this, "Logging", { namespace: namespaces.logging, podSecurity: "restricted", protect });
    // node-exporter and the log agent read the host's files.
    const nodeAgents = new TrustBoundary(this, "NodeAgents", {
      namespace: namespaces.nodeAgents,
      podSecurity: "privileged",
      protect,
    });
    if (tracingOf(environment)) {
      new TrustBoundary(this, "Tracing", { namespace: namespaces.tracing, podSecurity: "restricted", protect });
    }
    new TrustBoundary(this, "Erp", { namespace: namespaces.erp, podSecurity: "restricted", protect });

    for (const created of createdPriorityClasses(environment)) new PriorityClass(this, created.name, created);
    const ofAgents = priorityClass(environment, "agents");
    if (ofAgents.startsWith("system-")) {
      new CriticalPodsQuota(this, "CriticalPods", { namespace: nodeAgents.name, priorityClass: ofAgents });
    }

    if (environment.cluster.operator === "install") {
      new ChartRelease(this, "PrometheusOperatorCrds", {
        name: "prometheus-operator-crds",
        namespace: monitoring.name,
        source: chartSource(charts.prometheusOperatorCrds, environment.mirrors),
        // Deleting the CRDs would delete every rule and monitor of the cluster.
        values: protect ? { crds: { annotations: { "helm.sh/resource-policy": "keep" } } } : {},
        timeoutSeconds: 300,
        protect,
      });
    }
  }
}
