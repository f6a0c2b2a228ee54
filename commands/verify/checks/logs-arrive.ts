import { namespaces } from "../../../settings/addresses";
import type { Check } from "../check";
import { ourNamespaces } from "../deployment";
import { readsLoki } from "../server-permissions";

/** Every program of ours writes a line now and then; some of them write one every few seconds. */
const longestSilence = 5 * 60;

export const logsArrive: Check = {
  id: "logs-arrive",
  title: "log lines arrive in the log store",
  permissions: readsLoki,
  async run({ loki }) {
    const end = Date.now();
    const start = end - longestSilence * 1000;
    const { data } = await loki.get<Streams>("/loki/api/v1/query_range", {
      query: `{namespace=~"${ourNamespaces.join("|")}"}`,
      start: `${start}000000`,
      end: `${end}000000`,
      limit: "1",
      direction: "backward",
    });
    const newest = data.result.flatMap(({ values }) => values.map(([time]) => Number(time) / 1e6))[0];
    if (newest !== undefined) return { failures: [], extent: `newest line ${Math.round((end - newest) / 1000)} s old` };
    return {
      failures: [
        {
          where: `log agent in the namespace ${namespaces.nodeAgents}, or Loki`,
          expected: `a line of any of our pods in the last ${longestSilence} s`,
          found: "no line: the log agent has stopped, or Loki does not accept its lines",
          runbook: "ErpLogsMissing",
        },
      ],
    };
  },
};

/**
 * The answer to a query for lines, as the HTTP API of Loki returns it. Only the fields that we read are listed.
 * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time
 */
export interface Streams {
  readonly data: {
    readonly result: readonly {
      readonly stream: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [nanoseconds: string, line: string])[];
    }[];
  };
}
