import { explorePath } from "../../kit/dashboards/explore-link";
import { loki } from "../../logs/loki-store";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { Environment } from "../../settings/environment";

/** Seconds between two scrapes that Grafana assumes for a query without an interval: the scrape interval of the ERP. */
export const scrapeSeconds = erpApiJob.intervalSeconds;

/** Addresses at which Grafana reaches the data sources, and the ERP's namespace. */
export interface Addresses {
  readonly prometheus: string;
  readonly loki: string;
  readonly alertmanager: string;
  readonly erpNamespace: string;
}

/**
 * Uids of the data sources. They never change, because links contain them. In an existing Grafana they have a prefix.
 */
export function dataSourceUids({ grafana }: Pick<Environment, "grafana">) {
  const prefix = grafana.mode === "existing" ? "erp-" : "";
  return { prometheus: `${prefix}prometheus`, loki: `${prefix}loki`, alertmanager: `${prefix}alertmanager` };
}

/**
 * Data sources in the format of Grafana's provisioning files.
 * https://grafana.com/docs/grafana/latest/administration/provisioning/
 */
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
      // With a second default data source, an existing Grafana does not start.
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
 * Links on a log line. `$$` because Grafana replaces environment variables in provisioning files. The first link has no
 * `datasourceUid`: with one, Grafana would interpret the query as that of a tracing data source.
 */
function derivedFields(environment: Pick<Environment, "grafana">, { erpNamespace }: Addresses) {
  const { grafana } = environment;
  const linesOfRequest = explorePath({
    dataSource: dataSourceUids(environment).loki,
    type: "loki",
    expression: loki.lines({ namespaces: [erpNamespace], requestId: "$${__value.raw}" }).text,
    from: "$${__from}",
    to: "$${__to}",
  });
  const tracing = grafana.mode === "on" ? grafana.tracingUrl : undefined;
  return [
    {
      name: "Lines of this request",
      matcherType: "label",
      matcherRegex: "^request_id$",
      url: linesOfRequest,
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
