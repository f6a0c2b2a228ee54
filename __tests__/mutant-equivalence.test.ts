import { type Alert, type AlertForm, alert } from "../kit/alerts/alert";
import { count, type Limit, ratio } from "../kit/alerts/limit";
import { equivalence } from "../kit/alerts/mutants/equivalence";
import { mutants } from "../kit/alerts/mutants/mutants";
import { catalogue } from "../kit/metrics/catalogue";
import type { Job } from "../kit/metrics/job";
import { open } from "../kit/metrics/label-values";
import { source } from "../kit/metrics/metric";
import { type Mutation, mutations } from "../kit/queries/promql/mutations";
import { promql } from "../kit/queries/query";
import type { Vocabulary } from "../kit/queries/series";

const job: Job = {
  name: "shop",
  team: "shop",
  scrapedBy: "ServiceMonitor",
  port: "http",
  path: "/metrics",
  intervalSeconds: 15,
  timeoutSeconds: 10,
  labels: { job: { values: ["shop"] }, pod: { open: "the cluster names it" } },
  sample: {},
};
const { gauge, counter } = source(job, { zone: open("the cloud names them"), kind: ["sale", "return"] });
const { vocabulary } = catalogue(
  [
    {
      orders: counter("orders_total", ["zone", "kind"], { help: "Orders." }),
      failures: counter("failures_total", ["zone", "kind"], { help: "Orders that failed." }),
      isUp: gauge("shop_open", ["zone"], { help: "1 while it is open.", unit: "flag" }),
      till: gauge("till_coins", ["zone"], { help: "Coins in the till." }),
    },
  ],
  [],
);

function equivalent(
  given: Partial<AlertForm> & ({ above: Limit } | { below: Limit }),
  known: Vocabulary = vocabulary,
): string[] {
  return mutants(shop(given), alert, known).flatMap(({ mistake, equivalent }) => (equivalent ? [mistake] : []));
}

function shop(given: Partial<AlertForm> & ({ above: Limit } | { below: Limit })): Alert {
  const form = {
    name: "Shop",
    group: "shop",
    severity: "warning",
    service: "shop",
    team: "shop",
    summary: "",
    description: "",
    scenarios: {},
  };
  return alert({ measure: promql`vector(0)`, ...form, ...given } as Parameters<typeof alert>[0]);
}

const exchanged = (aggregation: string, ...others: string[]) =>
  others.map((other) => `\`measure\`: ${other} in place of ${aggregation}`);

test("a matcher that the other side of a join also has is redundant, unless the label is aggregated away", () => {
  const joined = promql`sum by (zone) (failures_total{zone!="test"}) / sum by (zone) (orders_total{zone!="test"})`;
  const dropped = '`measure`: {zone!="test"} dropped';
  expect(equivalent({ measure: joined, on: ["zone"], above: ratio(0.5) })).toEqual([dropped, dropped]);
  const summed = promql`sum(failures_total{zone!="test"}) / sum(orders_total{zone!="test"})`;
  expect(equivalent({ measure: summed, above: ratio(0.5) })).toEqual([]);
  const branches = promql`sum by (zone) (failures_total{zone!="test"}) or sum by (zone) (orders_total{zone!="test"})`;
  expect(equivalent({ measure: branches, on: ["zone"], above: count(5) })).toEqual([]);
});

test("a matcher that another condition also has is redundant if the two are joined on the label", () => {
  const measure = promql`max by (zone) (till_coins{zone!="test"})`;
  const provided = promql`max by (zone) (shop_open{zone!="test"}) > 0`;
  const redundant = ['`measure`: {zone!="test"} dropped', '`provided`: {zone!="test"} dropped'];
  expect(equivalent({ measure, provided, on: ["zone"], above: count(5) })).toEqual(expect.arrayContaining(redundant));
  const total = promql`max(till_coins{zone!="test"})`;
  const any = promql`max(shop_open{zone!="test"}) == 1`;
  expect(equivalent({ measure: total, provided: any, above: count(5) })).toEqual([]);
});

test("above 0, sum, average and maximum are equivalent, unless their value is used", () => {
  const measure = promql`sum(rate(failures_total[5m]))`;
  expect(equivalent({ measure, above: count(0) })).toEqual(exchanged(measure.text, "avg", "max"));
  expect(equivalent({ measure, above: count(1) })).toEqual([]);
  const divisor = promql`sum(rate(failures_total[5m])) / (sum(rate(orders_total[5m])) > 0)`;
  expect(equivalent({ measure: divisor, above: ratio(0.5) })).toEqual([]);
  const asked = promql`sum(rate(failures_total[5m])) and on () sum(rate(orders_total[5m])) > 0`;
  expect(equivalent({ measure: asked, above: count(1) })).toEqual(
    exchanged("sum(rate(orders_total[5m]))", "avg", "max"),
  );
});

test("below 1, the sum and the maximum of whole numbers are equivalent, and the average and the minimum of flags", () => {
  expect(equivalent({ measure: promql`max(shop_open)`, below: count(1) })).toEqual(exchanged("max(shop_open)", "sum"));
  expect(equivalent({ measure: promql`min(shop_open)`, below: count(1) })).toEqual(exchanged("min(shop_open)", "avg"));
  expect(equivalent({ measure: promql`min(till_coins)`, below: count(1) })).toEqual([]);
  expect(equivalent({ measure: promql`max(shop_open)`, below: count(2) })).toEqual([]);
});

test("a branch that is 0 or empty matters only for a lower limit", () => {
  const measure = promql`sum by (zone) (rate(failures_total[5m])) or 0 * sum by (zone) (rate(orders_total[5m]))`;
  const inBranch = (mistakes: readonly string[]) => mistakes.filter((mistake) => mistake.includes("orders_total"));
  const above = inBranch(equivalent({ measure, on: ["zone"], above: count(5) }));
  expect(above).toContain("`measure`: zone dropped from sum by (zone) (rate(orders_total[5m]))");
  // Below the limit, only the aggregation of the zeros does not matter.
  expect(inBranch(equivalent({ measure, on: ["zone"], below: count(5) }))).toEqual(
    exchanged("sum by (zone) (rate(orders_total[5m]))", "avg", "max", "min", "count"),
  );
  const subtracted = promql`1 - (sum(rate(failures_total[5m])) or 0 * sum(rate(orders_total[5m])))`;
  expect(equivalent({ measure: subtracted, above: ratio(0.5) })).not.toContain("`measure`: [5m] is 75s");
});

test("all aggregations of a single series are equivalent, except a count", () => {
  const measure = promql`max by (pod, zone, kind) (failures_total)`;
  const one = equivalent({ measure, on: ["pod", "zone", "kind"], above: count(5) });
  expect(one).toEqual(exchanged(measure.text, "sum", "avg", "min"));
  const two = promql`max by (zone, kind) (failures_total)`;
  expect(equivalent({ measure: two, on: ["zone", "kind"], above: count(5) })).toEqual([]);
});

test("a matcher excludes nothing if the catalogue has no other value of its label", () => {
  expect(equivalent({ measure: promql`max(till_coins{job="shop"})`, above: count(5) })).toEqual([
    '`measure`: {job="shop"} dropped',
  ]);
});

describe("a mistake that changes when the alert fires is not classified as equivalent:", () => {
  const zones = promql`sum by (zone) (failures_total{zone!="test"})`;
  const without = (measure: string, given: Partial<AlertForm> & ({ above: Limit } | { below: Limit })) =>
    equivalent({ measure: promql`${measure}`, on: ["zone"], ...given });
  const dropped = '`measure`: {zone!="test"} dropped';

  test.each([
    ["a zero hides the right side of `or`", "0 * max by (zone) (shop_open) or max by (zone) (till_coins)"],
    ["zeros count in an average", "avg(max by (zone) (till_coins) or 0 * max by (zone) (shop_open))"],
    ["`bool` yields 1 where the value is 0", "max by (zone) (till_coins) or (max by (zone) (shop_open) == bool 0)"],
    [
      "an added label makes a join ambiguous",
      "(max by (zone) (till_coins) or 0 * max by (zone) (shop_open)) / on (zone) max by (zone) (till_coins)",
    ],
  ])("%s", (_, measure) => {
    expect(without(measure, { above: count(5) })).not.toContain("`measure`: max also by pod, place 2");
    expect(without(measure, { above: count(5) }).filter((mistake) => /also by|dropped/.test(mistake))).toEqual([]);
  });

  test("whether there is a series to multiply by 0 can depend on the aggregation", () => {
    const measure = "sum by (zone) (till_coins) or 0 * (sum by (zone) (orders_total) > 10)";
    expect(without(measure, { below: count(5) })).toEqual([]);
  });

  test("a loss and a gain add up to 0, and a quotient can be NaN", () => {
    for (const measure of ["sum(deriv(till_coins[5m]))", "sum(till_coins - shop_open)", "sum(till_coins / shop_open)"])
      expect(equivalent({ measure: promql`${measure}`, above: count(0) })).toEqual([]);
  });

  test("an increase and an average are not whole numbers", () => {
    const increase = promql`sum(increase(failures_total[5m]))`;
    expect(equivalent({ measure: increase, below: count(1) })).toEqual([]);
    expect(equivalent({ measure: promql`sum(avg_over_time(shop_open[5m]))`, below: count(1) })).toEqual([]);
    expect(equivalent({ measure: promql`min(2 * shop_open)`, below: count(1) })).toEqual([]);
  });

  test("a condition that matches on all labels has no result if one side has an additional label", () => {
    const provided = promql`(max by (zone) (shop_open) > 0) and max by (zone) (till_coins)`;
    expect(equivalent({ measure: zones, provided, on: ["zone"], above: count(5) })).not.toContain(
      "`provided`: max also by pod",
    );
  });

  test("a label with one value varies if it can be missing", () => {
    const { gauge: declare } = source(job, { mode: ["night"] });
    const { vocabulary: other } = catalogue([{ lamps: declare("lamps", ["mode?"], { help: "Lamps." }) }], []);
    const lamps = equivalent({ measure: promql`max by (pod) (lamps)`, on: ["pod"], above: count(5) }, other);
    expect(lamps).toEqual([]);
  });

  test.each([
    [
      "`unless` on another label: the additional series exclude more",
      'max by (zone, kind) (orders_total{zone!="old"}) unless on (kind) max by (zone, kind) (failures_total{zone!="test"})',
    ],
    [
      "`or` on another label: the additional series hide other series",
      'max by (zone, kind) (failures_total{zone!="test"}) or on (kind) max by (zone, kind) (orders_total{zone!="old"})',
    ],
    [
      "a join on another label: the additional series make it ambiguous",
      'max by (zone, kind) (failures_total{zone!="test"}) / on (kind) group_right max by (zone, kind) (orders_total)',
    ],
    ["`absent` yields the labels of its matchers", 'absent(till_coins{zone!="test"})'],
    [
      "the label is replaced",
      'max by (zone) (label_replace(failures_total{zone!="test"}, "zone", "$1", "kind", "(.*)"))',
    ],
    ["the label is joined from other labels", 'label_join(failures_total{zone!="test"}, "zone", "-", "kind")'],
  ])("%s", (_, inner) => {
    const measure = promql`(${inner}) * max by (zone, kind) (orders_total{zone!="test"})`;
    expect(equivalent({ measure, on: ["zone", "kind"], above: count(5) })).not.toContain(dropped);
  });

  test.each([
    ["and its label comes from another label", 'label_replace(shop_open{zone!="test"}, "zone", "$1", "pod", "(.*)")'],
    ["and its label is removed", 'label_replace(sum by (pod) (shop_open{zone!="test"}), "zone", "$1", "pod", "(.*)")'],
    ["and its label is shortened", 'label_replace(shop_open{zone!="test"}, "zone", "$1", "zone", "(.{4}).*")'],
    ["on the side of `unless` that excludes", 'max by (zone) (till_coins) unless shop_open{zone!="test"}'],
    ["in one branch of `or`", 'shop_open{zone!="test"} or till_coins'],
  ])("a matcher is not redundant if the other side has it %s", (_, other) => {
    const measure = promql`max by (zone) (failures_total{zone!="test"}) / on (zone) max by (zone) (${other})`;
    const found = equivalence({
      mutation: mutations(measure.text).find(({ mistake }) => mistake === '{zone!="test"} dropped') as Mutation,
      field: "measure",
      alert: shop({ measure, on: ["zone"], above: ratio(0.5) }),
      vocabulary,
    });
    expect(found).toBeUndefined();
  });
});
