import { explorePath } from "../../kit/dashboards/explore-link";
import { loki } from "../../logs/loki-store";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { Environment } from "../../settings/environment";

/** Seconds between two scrapes that Grafana assumes of a query which says nothing else: those of the ERP itself. */
export const scrapeSeconds = erpApiJob.intervalSeconds;

/** Where the data sources are, as Grafana reaches them, and the ERP's namespace. */
export interface Addresses {
  readonly prometheus: string;
  readonly loki: string;
  readonly alertmanager: string;
  readonly erpNamespace: string;
}

/** Uids never change: dashboards and links point at them. In somebody else's Grafana the plain ones may be taken. */
export function dataSourceUids({ grafana }: Pick<Environment, "grafana">) {
  const prefix = grafana.mode === "existing" ? "erp-" : "";
  return { prometheus: `${prefix}prometheus`, loki: `${prefix}loki`, alertmanager: `${prefix}alertmanager` };
}

/** As Grafana's provisioning files take them. https://grafana.com/docs/grafana/latest/administration/provisioning/ */
export function dataSources(environment: Pick<Environment, "grafana">, addresses: Addresses): readonly object[] {
  const { grafana } = environment;
  const uids = dataSourceUids(environment);
  const ours = grafana.mode === "existing" ? "ERP " : "";
  const shared = { access: "proxy", editable: false, isDefault: false };
  return [
    {
      ...shared,
      name: `${ours}Prometheus`,
      uid: uids.prometheus,
      type: "prometheus",
      url: addresses.prometheus,
      // A second default would keep somebody else's Grafana from starting.
      isDefault: grafana.mode === "on",
      jsonData: {
        httpMethod: "POST",
        prometheusType: "Prometheus",
        timeInterval: `${scrapeSeconds}s`,
        manageAlerts: false,
        alertmanagerUid: uids.alertmanager,
      },
    },
    {
      ...shared,
      name: `${ours}Loki`,
      uid: uids.loki,
      type: "loki",
      url: addresses.loki,
      jsonData: { maxLines: 1000, manageAlerts: false, derivedFields: derivedFields(environment, addresses) },
    },
    {
      ...shared,
      name: `${ours}Alertmanager`,
      uid: uids.alertmanager,
      type: "alertmanager",
      url: addresses.alertmanager,
      jsonData: { implementation: "prometheus", handleGrafanaManagedAlerts: false },
    },
  ];
}

/**
 * Links on a log line. `$$` because Grafana replaces environment variables in provisioning files. The trail has no
 * `datasourceUid`: with one Grafana would hand the query over as that of a tracing source.
 */
function derivedFields(environment: Pick<Environment, "grafana">, { erpNamespace }: Addresses) {
  const { grafana } = environment;
  const trail = explorePath({
    dataSource: dataSourceUids(environment).loki,
    type: "loki",
    expression: loki.lines({ namespaces: [erpNamespace], requestId: "$${__value.raw}" }).text,
    from: "$${__from}",
    to: "$${__to}",
  });
  const tracing = grafana.mode === "on" ? grafana.tracingUrl : undefined;
  return [
    {
      name: "Trail of the request",
      matcherType: "label",
      matcherRegex: "^request_id$",
      url: trail,
      urlDisplayLabel: "API and workers",
    },
    ...(tracing
      ? [
          {
            name: "Trace",
            matcherType: "label",
            matcherRegex: "^trace_id$",
            url: `${tracing.replace(/\/$/, "")}/$$\{__value.raw}`,
            urlDisplayLabel: "Open the trace",
          },
        ]
      : []),
  ];
}
