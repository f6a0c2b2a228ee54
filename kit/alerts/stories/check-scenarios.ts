import type { Fault } from "../../../faults";
import { declaredSeries } from "../../metrics/metric";
import { durationText, inSeconds } from "../../queries/duration";
import { suggestion } from "../../queries/matching";
import { nearest } from "../../queries/nearest";
import { matchesWhole } from "../../queries/regular-expression";
import type { Label, Series, Vocabulary } from "../../queries/series";
import type { Alert, AnyAlert } from "../alert";
import { expandStory } from "./expanded-story";
import type { Samples } from "./samples";
import type { Demanded, Scenario } from "./scenario";
import { type StoryTime, storySeconds } from "./story-time";

/** Faults of missing scenarios, and of scenarios whose times contradict each other. */
export function checkScenarios(alert: AnyAlert, place: string): Fault[] {
  const scenarios = Object.entries(alert.scenarios);
  return [
    ...checkCompleteness(alert, place),
    ...scenarios.flatMap(([title, scenario]) => checkOrder(scenario, alert, scenarioPlace(place, title))),
    ...scenarios.flatMap(([title, scenario]) => checkParts(scenario, alert, scenarioPlace(place, title))),
  ];
}

/** Faults of series in scenarios that contradict the catalogue, each at the first scenario that has it. */
export function checkSamples(alert: Alert, vocabulary: Vocabulary, place: string): Fault[] {
  const found = Object.entries(alert.scenarios).flatMap(([title, scenario]) =>
    expandStory(scenario, alert).given.flatMap((samples) =>
      checkSeries(samples, vocabulary, scenarioPlace(place, title)),
    ),
  );
  return found.filter(({ rule }, index) => found.findIndex((one) => one.rule === rule) === index);
}

function scenarioPlace(place: string, title: string): string {
  return `${place}: scenario "${title}"`;
}

function checkCompleteness(alert: AnyAlert, place: string): Fault[] {
  const scenarios = Object.values(alert.scenarios);
  const firing = scenarios.filter(({ outcome }) => outcome === "fires");
  const shows = (demanded: Demanded) => scenarios.some((scenario) => scenario.shows === demanded);
  const lacking: [boolean, string, string][] = [
    [firing.length === 0, "one that fires", "fires({ given, after, by })"],
    [!firing.some((one) => "resolves" in one), "one that states when it resolves", "resolves: { after, by }"],
    // An alert that fires at once has no blip, and a heartbeat that fires early notifies nobody.
    [alert.for !== undefined && alert.severity !== "heartbeat" && !shows("blip"), "a short blip", "blip({ given })"],
    [alert.provided !== undefined && !shows("low traffic"), "one with low traffic", "lowTraffic({ given })"],
    [!shows("absence"), "one in which nothing is measured", "absence(fires(…)) or absence(silent(…))"],
  ];
  return lacking
    .filter(([lacks]) => lacks)
    .map(([, what, how]) => ({ place: `${place}: scenarios`, rule: `must include ${what}`, remedy: `add ${how}` }));
}

/** A ratio of events needs a guard, or a scenario that shows why it needs none. */
export function checkShare(alert: AnyAlert, place: string): Fault[] {
  const shown = Object.values(alert.scenarios).some(({ shows }) => shows === "low traffic");
  if (!isShareOfEvents(alert) || alert.littleTraffic !== undefined || alert.provided || shown) return [];
  const rule = "must include one with low traffic, because its ratio may be that of a single event";
  const remedy = "add lowTraffic({ given }), or `littleTraffic` with the reason why one event may fire it";
  return [{ place: `${place}: scenarios`, rule, remedy }];
}

/** A ratio of events in a window: for a single event it is 0 or 1. */
function isShareOfEvents({ limit, measure }: AnyAlert): boolean {
  return limit.unit === "ratio" && /\b(rate|increase|count_over_time)\(/.test(measure.text);
}

/** Every time is a duration, and later than the one before it. */
function checkOrder(scenario: Scenario<unknown>, { for: lasting = "0s" }: AnyAlert, place: string): Fault[] {
  // An invalid `for` has its own fault.
  if (scenario.outcome === "silent" || Number.isNaN(inSeconds(lasting))) return [];
  const { after, by, resolves } = scenario;
  const times = [after, by, ...(resolves ? [resolves.after, resolves.by] : [])];
  const seconds = times.map((time) => storySeconds(time, inSeconds(lasting)));
  const rising = seconds.every((time, index) => time > (seconds[index - 1] ?? -1));
  if (rising) return [];
  const rule = "must have increasing durations in this order: after, by, resolves.after, resolves.by";
  const value = seconds.map((time) => (Number.isNaN(time) ? "none" : durationText(time))).join(", ");
  return [{ place, rule, value, remedy: "put them in order, such as `30s`, `1m`, `10m`, `11m`" }];
}

/** Every part has a duration. */
function checkParts(scenario: Scenario<unknown>, { for: lasting = "0s", limit }: AnyAlert, place: string): Fault[] {
  // An invalid `for` has its own fault.
  if (Number.isNaN(inSeconds(lasting))) return [];
  const given = (typeof scenario.given === "function" ? scenario.given(limit.value) : scenario.given) as readonly {
    readonly parts: readonly { readonly for: StoryTime }[];
  }[];
  const times = new Set(given.flatMap(({ parts }) => parts.map((part) => part.for)));
  return [...times]
    .filter((time) => !(storySeconds(time, inSeconds(lasting)) > 0))
    .map((time) => ({
      place,
      rule: "each part must have a duration above 0",
      value: typeof time === "string" ? time : `for ${time.secondsMore} seconds`,
      remedy: "write a number and a unit, such as `2m`, or add more to `lasting(…)`",
    }));
}

/** A series that the source cannot expose proves nothing. */
function checkSeries({ metric, labels }: Samples, vocabulary: Vocabulary, place: string): Fault[] {
  const series = "job" in metric ? declaredSeries(metric) : vocabulary.get(metric.name)?.[0];
  const known: Series["labels"] = series?.labels ?? new Map();
  const strange = Object.entries(labels).filter(([name]) => !known.has(name));
  const isMisspelt = (name: string) => strange.some(([given]) => nearest(given, [name]) !== undefined);
  const absent = [...known].filter(
    ([name, { optional }]) => !optional && labels[name] === undefined && !isMisspelt(name),
  );
  const impossible = [...known].filter(([name, label]) => !canHave(label, labels[name]));
  return [
    ...strange.map(([name]) => ({
      rule: `${metric} has no label "${name}"`,
      remedy: suggestion(name, [...known.keys()]),
    })),
    ...absent.map(([name]) => ({
      rule: `${metric} always has the label "${name}"`,
      remedy: `add ${name} to its labels`,
    })),
    ...impossible.map(([name, { values = [], pattern }]) => ({
      rule: `${metric} never has ${name}="${labels[name]}"`,
      remedy: pattern ? `use a value that matches ${pattern}` : suggestion(labels[name] ?? "", values),
    })),
  ].map((fault) => ({ place, ...fault }));
}

function canHave({ values, pattern, optional }: Label, given: string | undefined): boolean {
  if (given === undefined || (given === "" && optional)) return true;
  if (values) return values.includes(given);
  return pattern === undefined || matchesWhole(pattern)(given);
}
