import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { keepFiringFor } from "../alerts/erp-slos/budget-stories";
import { burnRates } from "../alerts/erp-slos/burn-rates";
import { erpErrorBudgetBurn } from "../alerts/erp-slos/erp-error-budget-burn";
import { erpLatencyBudgetBurn } from "../alerts/erp-slos/erp-latency-budget-burn";
import { allowedShare } from "../alerts/erp-slos/slo";
import { recordingsReadBy } from "../kit/alerts/recordings-read";
import { ruleGroups } from "../kit/alerts/rule-group";
import { inputSeries, rises, type Samples, samples } from "../kit/alerts/stories/samples";
import { boundary } from "../kit/metrics/metric";
import { inSeconds } from "../kit/queries/duration";
import type { HttpProfile } from "../metrics/erp-api/http-profile";
import { slos } from "../settings/slos";
import { contributions } from "../subjects/listings";
import { production } from "./fixtures/production";
import { describeWith } from "./tools";

type Window = (typeof burnRates)[number]["long"];
type Objective = "availability" | "latency";

interface Row {
  /** Share of failing requests, relative to the share that an objective of 99.9 % allows. */
  readonly burn: number;
  /** Duration of the failures, in minutes. */
  readonly for: number;
  /**
   * Minutes from the first failure until the alert fires, and from the last failure until it is resolved, by its
   * window.
   */
  readonly times: Readonly<Partial<Record<Window, readonly [fires: number, resets: number] | "never">>>;
}

/**
 * Published measurements of the workbook's alerts, with other rules and a step of 15 s. Rows that take days are played
 * only until the alerts differ.
 */
const measured: readonly Row[] = [
  { burn: 1000, for: 1, times: { "1h": [1, 5] } },
  { burn: 1000, for: 10, times: { "1h": [1, 5], "6h": [2.25, 30], "1d": [4.5, 120], "3d": [4.5, 360] } },
  { burn: 500, for: 60, times: { "1h": [1.75, 5], "6h": [4.5, 30], "1d": [8.75, 120] } },
  { burn: 100, for: 60, times: { "1h": [8.75, 4.5], "6h": [21.75, 28], "1d": [43, 117], "3d": [43, 357] } },
  { burn: 100, for: 5, times: { "1h": "never", "6h": "never", "1d": "never", "3d": "never" } },
  { burn: 20, for: 240, times: { "1h": [43, 1.5], "6h": [108, 21], "1d": [216, 102] } },
  { burn: 10, for: 600, times: { "1h": "never", "6h": [216, 12], "1d": [432, 84] } },
  { burn: 2, for: 5000, times: { "1h": "never", "6h": "never" } },
];

describeWith("promtool", "burn-rate alerts", (promtool) => {
  test.each<[Objective, Window, (typeof production)["erp"]["httpMetrics"]]>([
    ["availability", "1h", "starlette-prometheus"],
    ["availability", "1h", "fastapi-instrumentator"],
    ["latency", "1h", "starlette-prometheus"],
    ["latency", "1h", "fastapi-instrumentator"],
    ["availability", "6h", "starlette-prometheus"],
    ["availability", "1d", "starlette-prometheus"],
    ["availability", "3d", "starlette-prometheus"],
  ])("of %s over %s by %s fire and are resolved at the expected times", (objective, window, httpMetrics) => {
    const directory = mkdtempSync(join(tmpdir(), "burn-rates-"));
    try {
      const { rules, test } = story(objective, window, httpMetrics);
      writeFileSync(join(directory, "rules.yaml"), stringify(rules));
      writeFileSync(join(directory, "test.yaml"), stringify({ rule_files: ["rules.yaml"], ...test }));
      expect(promtool("test", "rules", join(directory, "test.yaml")).failure).toBeUndefined();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

test.each(burnRates)(
  "an objective is refused if not even an outage burns $factor times its budget",
  ({ factor, long }) => {
    const { availability, latency } = production.erp.slos;
    const accepted = (changed: object) =>
      slos.safeParse({ availability: { ...availability, ...changed }, latency }).success;
    expect(accepted({ objective: 1 - 1 / factor - 0.0001 })).toBe(false);
    expect(accepted({ window: long })).toBe(false);
  },
);

/** Series for each row, in a separate namespace, after good traffic for the length of the long window. */
function story(objective: Objective, window: Window, httpMetrics: (typeof production)["erp"]["httpMetrics"]) {
  const environment = { ...production, erp: { ...production.erp, httpMetrics } };
  const { catalogue, catalogued } = contributions(environment);
  const burning = { availability: erpErrorBudgetBurn, latency: erpLatencyBudgetBurn }[objective](catalogued);
  const alerts = burning.filter(({ labels }) => labels?.window === window);
  const recordings = alerts.flatMap((alert) =>
    recordingsReadBy({ ...alert, scenarios: {} }, catalogue.recordings).map((one) => ({ ...one, group: alert.group })),
  );
  const allowed = allowedShare(environment.erp.slos[objective]);
  const rows = measured.filter(({ times, burn }) => times[window] && burn * allowed <= 1);
  const step = window === "1h" ? 15 : 60;
  const before = inSeconds(window) / 60;
  const given = rows.flatMap(({ burn, ...row }, index) => {
    // An alert that does not fire when its windows are full never fires.
    const lasting = row.times[window] === "never" ? Math.min(row.for, 2 * before) : row.for;
    return traffic[objective](catalogued.http, `row-${index}`, [
      { missing: 0, minutes: before },
      { missing: burn * allowed, minutes: lasting },
      { missing: 0, minutes: 400 },
    ]);
  });
  return {
    rules: { groups: ruleGroups(alerts, recordings, publication) },
    test: {
      evaluation_interval: `${step}s`,
      tests: [
        {
          interval: `${step}s`,
          input_series: given.map((one) => inputSeries(one, step)),
          promql_expr_test: rows.flatMap((row, index) => expectations(row, `row-${index}`, window, before, step)),
        },
      ],
    },
  };
}

/** Expectations within one evaluation of the published times. */
function expectations({ times, ...row }: Row, namespace: string, window: Window, before: number, step: number) {
  const firing = `ALERTS{alertstate="firing",namespace="${namespace}"}`;
  const at = (minutes: number, expr: string, fires: boolean) => ({
    expr,
    eval_time: `${Math.round(60 * (before + minutes))}s`,
    exp_samples: fires ? [{ labels: "{}", value: 1 }] : [],
  });
  const [fires, resets] = times[window] === "never" ? [] : (times[window] ?? []);
  if (fires === undefined || resets === undefined) {
    const end = Math.min(row.for, 2 * before) + 60;
    return [at(end, `group(present_over_time(${firing}[1w:${step}s]))`, false)];
  }
  const well = row.for + resets + inSeconds(keepFiringFor) / 60;
  const evaluation = step / 60;
  return [
    at(fires - evaluation, `group(present_over_time(${firing}[1w:${step}s]))`, false),
    at(fires + evaluation, `group(${firing})`, true),
    // Prometheus 3 excludes the oldest sample of a window, so alerts are resolved one evaluation earlier.
    at(well - evaluation - 0.1, `group(${firing})`, true),
    at(well + evaluation, `group(${firing})`, false),
  ];
}

const publication = { environment: production.name, runbookBaseUrl: production.runbookBaseUrl };

type Time = { readonly missing: number; readonly minutes: number };

const traffic: Record<Objective, (http: HttpProfile, namespace: string, times: readonly Time[]) => readonly Samples[]> =
  {
    availability: ({ traffic }, namespace, times) => [
      counter(traffic.requests, { ...traffic.succeeded, namespace }, times, ({ missing }) => 1 - missing),
      counter(traffic.requests, { ...traffic.failed, namespace }, times, ({ missing }) => missing),
    ],
    latency: ({ traffic }, namespace, times) => [
      counter(
        traffic.duration,
        { le: boundary(production.erp.slos.latency.threshold), namespace },
        times,
        ({ missing }) => 1 - missing,
      ),
      counter(traffic.duration, { le: "+Inf", namespace }, times, () => 1),
    ],
  };

function counter(
  metric: HttpProfile["traffic"]["requests"],
  labels: Readonly<Record<string, string>>,
  times: readonly Time[],
  share: (time: Time) => number,
): Samples {
  const perSecond = 10;
  return samples(
    metric,
    times.map((time) => rises(perSecond * share(time), `${Math.round(60 * time.minutes)}s`)),
    labels,
  );
}
