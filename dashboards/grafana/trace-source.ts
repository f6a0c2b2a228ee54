import { loki } from "../../logs/loki-store";
import type { Environment } from "../../settings/environment";

/** Where Grafana finds traces. */
export interface TraceSource {
  readonly type: "jaeger" | "tempo" | "zipkin";
  readonly url: string;
}

/** The data source of traces, if the environment has one. An existing store has one only if its query address is set. */
export function traceSource(
  { tracing = { store: "off" } }: Pick<Environment, "tracing">,
  own: { readonly jaeger: string; readonly zipkin: string },
): TraceSource | undefined {
  if (tracing.store === "off") return undefined;
  if (tracing.store === "existing") return tracing.query;
  return { type: tracing.store, url: own[tracing.store] };
}

/** A counter of requests, and its label with the route. */
export interface RequestsByRoute {
  readonly metric: string;
  readonly label: string;
}

/**
 * Links from a span to the lines of its trace, and to the requests of its route. `$$` because Grafana replaces environment
 * variables in provisioning files.
 * https://grafana.com/docs/grafana/latest/explore/trace-integration/
 */
export function linksOfSpans(
  uids: { readonly prometheus: string; readonly loki: string },
  erpNamespace: string,
  { metric, label }: RequestsByRoute,
) {
  return {
    tracesToLogsV2: {
      datasourceUid: uids.loki,
      // A task can begin long after its request.
      spanStartTimeShift: "-15m",
      spanEndTimeShift: "15m",
      customQuery: true,
      query: `${loki.lines({ namespaces: [erpNamespace] }).text} | trace_id="$$\{__trace.traceId}"`,
    },
    tracesToMetrics: {
      datasourceUid: uids.prometheus,
      spanStartTimeShift: "-30m",
      spanEndTimeShift: "30m",
      tags: [{ key: "http.route", value: label }],
      queries: [{ name: "Requests per second of this route", query: `sum(rate(${metric}{$$__tags}[5m]))` }],
    },
    nodeGraph: { enabled: true },
  };
}
