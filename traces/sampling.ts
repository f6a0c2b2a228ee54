import { healthRoutes } from "../settings/addresses";

/** Which traces are kept. */
export interface Sampling {
  /** Share of the other traces that are kept, 0 to 1. */
  readonly ratio: number;
  /** Duration of a request from which its trace is always kept, such as `1s`. */
  readonly slowerThan: string;
}

/**
 * Seconds for which the spans of a trace are collected before the collector decides. Spans that arrive later follow the
 * decision, so this is longer than most tasks wait in their queue.
 */
export const decisionSeconds = 30;

/** Routes that probes and Prometheus ask all the time. */
const askedAlways = `^(${[...Object.values(healthRoutes).map(({ path }) => path), "/metrics"].join("|")})$`;

/**
 * Settings of the processor `tail_sampling`. It decides by the spans of a trace only: no header of a caller changes the
 * decision. https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export function tailSampling({ ratio, slowerThan }: Sampling): object {
  return {
    decision_wait: `${decisionSeconds}s`,
    num_traces: 50_000,
    policies: [
      {
        name: "health-and-metrics",
        type: "drop",
        drop: {
          drop_sub_policy: [
            {
              name: "routes",
              ...condition(
                ...["http.route", "url.path", "http.target"].map(
                  (name) => `kind == SPAN_KIND_SERVER and IsMatch(attributes["${name}"], "${askedAlways}")`,
                ),
              ),
            },
          ],
        },
      },
      { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
      {
        name: "slow-requests",
        ...condition(`kind == SPAN_KIND_SERVER and (end_time - start_time) > Duration("${slowerThan}")`),
      },
      { name: "share-of-the-rest", type: "probabilistic", probabilistic: { sampling_percentage: 100 * ratio } },
    ],
  };
}

/** A policy for traces with a span for which one of the conditions is true. An attribute that is missing is no error. */
function condition(...span: readonly string[]): object {
  return { type: "ottl_condition", ottl_condition: { error_mode: "ignore", span } };
}
