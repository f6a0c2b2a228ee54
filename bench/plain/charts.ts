import { Release } from "@cdktf/provider-helm/lib/release";
import type { TerraformStack } from "cdktf";

/** A release whose values contain alerting rules, as many as our releases contain on average. */
export function createChart(stack: TerraformStack, name: string): void {
  new Release(stack, `chart-${name}`, {
    name,
    namespace: "monitoring",
    repository: "https://prometheus-community.github.io/helm-charts",
    chart: "kube-prometheus-stack",
    version: "88.5.3",
    atomic: true,
    cleanupOnFail: true,
    maxHistory: 5,
    timeout: 600,
    values: [JSON.stringify(values(name))],
  });
}

function values(name: string): object {
  return {
    prometheus: {
      prometheusSpec: {
        replicas: 2,
        retention: "15d",
        scrapeInterval: "30s",
        ruleSelector: { matchLabels: { "monitored-by": name } },
        resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
      },
    },
    additionalPrometheusRulesMap: {
      [name]: { groups: [{ name, interval: "30s", rules: Array.from({ length: 20 }, (_, index) => rule(index)) }] },
    },
  };
}

function rule(index: number): object {
  return {
    alert: `HighErrorRate${index}`,
    expr: `sum by (namespace, service) (rate(http_requests_total{status_code=~"5.."}[5m])) / sum by (namespace, service) (rate(http_requests_total[5m])) > 0.01`,
    for: "5m",
    keep_firing_for: "5m",
    labels: { severity: "critical", team: "erp", service: "erp-api" },
    annotations: {
      summary: "More than 1 % of the requests to {{ $labels.service }} fail.",
      description:
        "{{ $value | humanizePercentage }} of the requests to {{ $labels.service }} in {{ $labels.namespace }} failed during the last five minutes. Users see an error page.",
      dashboard_url: "https://grafana.example.com/d/erp-fastapi-overview",
      runbook_url: "https://example.com/runbooks/erp#higherrorrate",
    },
  };
}
