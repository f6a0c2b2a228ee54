import { explorePath } from "../../kit/dashboards/explore-link";
import { loki } from "../../logs/loki-store";
import { erpApiJob } from "../../metrics/erp-api/erp-api-metrics";
import type { Environment } from "../../settings/environment";
import { linksOfSpans, type RequestsByRoute, traceSource } from "./trace-source";

/** Seconds between two scrapes that Grafana assumes for a query without an interval: the scrape interval of the ERP. */
export const scrapeSeconds = erpApiJob.intervalSeconds;

/** Addresses at which Grafana reaches the data sources, and the ERP's namespace. */
export interface Addresses {
  readonly prometheus: string;
  readonly loki: string;
  readonly alertmanager: string;
  readonly jaeger: string;
  readonly zipkin: string;
  readonly erpNamespace: string;
}

/**
 * Uids of the data sources. They never change, because links contain them. In an existing Grafana they have a prefix.
 */
export function dataSourceUids({ grafana }: Pick<Environment, "grafana">) {
  const prefix = grafana.mode === "existing" ? "erp-" : "";
  const names = ["prometheus", "loki", "alertmanager", "traces"] as const;
  const uids = names.map((name) => [name, `${prefix}${name}`]);
  return Object.fromEntries(uids) as Readonly<Record<(typeof names)[number], string>>;
}

/** A data source. The fields other than its uid depend on its type. */
interface DataSource {
  readonly uid: string;
  readonly [field: string]: unknown;
}

/**
 * Data sources in the format of Grafana's provisioning files.
 * https://grafana.com/docs/grafana/latest/administration/provisioning/
 */
export function dataSources(
  environment: Pick<Environment, "grafana" | "tracing">,
  addresses: Addresses,
  requests: RequestsByRoute,
): readonly DataSource[] {
  const { grafana } = environment;
  const traces = traceSource(environment, addresses);
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
        ...(traces && {
          exemplarTraceIdDestinations: [
            { name: "trace_id", datasourceUid: uids.traces, urlDisplayLabel: "Open the trace" },
          ],
        }),
      },
    },
    {
      ...shared,
      name: `${ours}Loki`,
      uid: uids.loki,
      type: "loki",
      url: addresses.loki,
      jsonData: {
        maxLines: 1000,
        manageAlerts: false,
        derivedFields: derivedFields(grafana, addresses.erpNamespace, uids, traces !== undefined),
      },
    },
    {
      ...shared,
      name: `${ours}Alertmanager`,
      uid: uids.alertmanager,
      type: "alertmanager",
      url: addresses.alertmanager,
      jsonData: { implementation: "prometheus", handleGrafanaManagedAlerts: false },
    },
    ...(traces
      ? [
          {
            ...shared,
            name: `${ours}Traces`,
            uid: uids.traces,
            type: traces.type,
            url: traces.url,
            jsonData: linksOfSpans(uids, addresses.erpNamespace, requests),
          },
        ]
      : []),
  ];
}

/**
 * Links on a log line. `$$` because Grafana replaces environment variables in provisioning files. The first link has no
 * `datasourceUid`: with one, Grafana would interpret the query as that of a tracing data source.
 */
function derivedFields(
  grafana: Environment["grafana"],
  erpNamespace: string,
  uids: ReturnType<typeof dataSourceUids>,
  hasTraces: boolean,
) {
  const linesOfRequest = explorePath({
    dataSource: uids.loki,
    type: "loki",
    expression: loki.lines({ namespaces: [erpNamespace], requestId: "$${__value.raw}" }).text,
    from: "$${__from}",
    to: "$${__to}",
  });
  const tracingUrl = grafana.mode === "on" ? grafana.tracingUrl : undefined;
  const toTrace = {
    name: "Trace",
    matcherType: "label",
    matcherRegex: "^trace_id$",
    urlDisplayLabel: "Open the trace",
  };
  return [
    {
      name: "Lines of this request",
      matcherType: "label",
      matcherRegex: "^request_id$",
      url: linesOfRequest,
      urlDisplayLabel: "API and workers",
    },
    // With a data source, the URL is a query: the id of the trace.
    ...(hasTraces ? [{ ...toTrace, datasourceUid: uids.traces, url: "$${__value.raw}" }] : []),
    ...(tracingUrl ? [{ ...toTrace, url: `${tracingUrl.replace(/\/$/, "")}/$$\{__value.raw}` }] : []),
  ];
}
