import type { AnyAlert } from "../../kit/alerts/alert";
import { limitText, roundedText, sideOf } from "../../kit/alerts/limit";
import { type Claim, claimsText } from "../../kit/alerts/stories/claims";
import { labelsOfRules } from "../../kit/alerts/stories/promtool-tests";
import { durationText } from "../../kit/queries/duration";
import { drawnSeries, extremeValue } from "./drawn-series";
import type { PlayedScenario } from "./played-scenario";
import { type AlertStates, type EvaluatedSeries, type Period, periods, type Timeline } from "./timeline";

/** The expectations of the scenario as a sentence. */
export function expectedText({ claims }: PlayedScenario): string {
  return claimsText(claims.map(({ claim }) => claim));
}

/** The expectations that the alert did not meet. */
export function unmetText({ claims }: PlayedScenario): string {
  return claimsText(claims.flatMap(({ claim, met }) => (met ? [] : claim)));
}

/** The states and values of the alert in the scenario, as a sentence. */
export function foundText(alert: AnyAlert, { timeline, claims }: PlayedScenario): string {
  const isMet = claims.every(({ met }) => met);
  return [
    statesText(periods(timeline.alerts, timeline.seconds), alert),
    ...claims.flatMap(({ claim, met }) =>
      claim.kind === "never fires for" && !met ? wronglyFiring(claim, alert, timeline) : [],
    ),
    ...(isMet ? [] : reasons.flatMap((reason) => reason(alert, timeline))),
    ...valuesTexts(alert, timeline),
  ].join("; ");
}

/** Functions that look for a reason why the alert did not meet an expectation. */
const reasons: readonly ((alert: AnyAlert, timeline: Timeline) => readonly string[])[] = [
  shortCondition,
  missingCondition,
  missingValues,
  strayLabels,
];

/** Maximum number of periods in a sentence. */
const mostPeriods = 3;

function statesText(all: readonly Period[], { for: lasting }: AnyAlert): string {
  const active = all.filter(({ state }) => state !== "silent");
  if (active.length === 0) return lasting === undefined ? "never fires" : "never pending, never fires";
  const texts = active.map(({ state, from, to }, index) => {
    const next = active[index + 1];
    // What was pending and then fires was pending up to then.
    if (state === "pending" && next?.from === to) return `pending from ${durationText(from)}`;
    return `${state} from ${durationText(from)} to ${to === undefined ? "the end" : durationText(to)}`;
  });
  const rest = texts.length - 2 * mostPeriods;
  return [
    ...texts.slice(0, 2 * mostPeriods),
    ...(rest > 0 ? [`and ${rest} more times`] : []),
    ...(active.some(({ state }) => state === "firing") ? [] : ["never fires"]),
  ].join(", ");
}

/** The reason if the alert was pending, but not for long enough. */
function shortCondition({ for: lasting }: AnyAlert, { alerts, seconds }: Timeline): string[] {
  const all = periods(alerts, seconds);
  if (lasting === undefined || all.some(({ state }) => state === "firing")) return [];
  const step = (seconds[1] ?? 0) - (seconds[0] ?? 0);
  const end = seconds.at(-1) ?? 0;
  const held = all.flatMap(({ state, from, to }) => (state === "pending" ? [(to ?? end + step) - step - from] : []));
  if (held.length === 0) return [];
  return [`the condition holds for ${durationText(Math.max(...held))} at most, and \`for\` is ${lasting}`];
}

/** The reason if the measure is beyond the limit, but another condition of the alert does not hold. */
function missingCondition(alert: AnyAlert, { alerts, seconds, measures, provided }: Timeline): string[] {
  if (periods(alerts, seconds).some(({ state }) => state !== "silent")) return [];
  const [measured = [], confirmation] = measures;
  const beyond = seconds.filter((second) => isBeyond(alert, measured, second));
  if (beyond.length === 0) return [];
  const times = `the measure is ${sideOf(alert)} the limit from ${durationText(beyond[0] ?? 0)} to ${durationText(beyond.at(-1) ?? 0)}`;
  if (confirmation && !beyond.some((second) => isBeyond(alert, confirmation, second)))
    return [`${times}, but \`confirmedBy\` is not`];
  if (provided && !beyond.some((second) => provided.some(({ values }) => values.has(second))))
    return [`${times}, but the condition \`provided\` does not hold`];
  return [`${times}, but never together with its other conditions for the same ${alert.on?.join(", ") || "series"}`];
}

/** The periods without a value of the measure, if it has values at other times. */
function missingValues(_: AnyAlert, { seconds, measures: [measured = []] }: Timeline): string[] {
  const isMissing = (second: number) => !measured.some(({ values }) => values.has(second));
  // At the start, a rate has no value yet.
  const begins = seconds.filter(
    (second, index) => index > 0 && isMissing(second) && !isMissing(seconds[index - 1] ?? 0),
  );
  if (measured.length === 0 || begins.length === 0) return [];
  const times = begins.slice(0, mostPeriods).map((begin) => {
    const end = seconds.find((second) => second > begin && !isMissing(second));
    return `from ${durationText(begin)} to ${end === undefined ? "the end" : durationText(end)}`;
  });
  return [`the measure has no value ${times.join(", ")}${begins.length > mostPeriods ? " and later" : ""}`];
}

/** Labels of firing series that `on` does not contain, and labels in `on` that firing series do not have. */
function strayLabels({ on = [], labels = {} }: AnyAlert, { alerts }: Timeline): string[] {
  const known = new Set([...on, ...Object.keys(labels), ...labelsOfRules]);
  const found = new Set(alerts.filter(isFiring).flatMap((alert) => Object.keys(alert.labels)));
  const lacking = on.filter((label) => alerts.some((alert) => isFiring(alert) && !alert.labels[label]));
  const stray = [...found].filter((label) => !known.has(label));
  return [
    ...(stray.length > 0 ? [`it fires with the ${labelList(stray)}, which \`on\` does not name`] : []),
    ...(lacking.length > 0 ? [`it fires without the ${labelList(lacking)}, which \`on\` names`] : []),
  ];
}

function labelList(names: readonly string[]): string {
  return `${names.length === 1 ? "label" : "labels"} ${names.join(", ")}`;
}

function isFiring({ states }: AlertStates): boolean {
  return [...states.values()].includes("firing");
}

function wronglyFiring(
  { label, value }: Extract<Claim, { readonly label: string }>,
  alert: AnyAlert,
  { alerts, seconds }: Timeline,
): string[] {
  const own = alerts.filter(({ labels }) => labels[label] === value);
  return [`for ${label}=${JSON.stringify(value)}: ${statesText(periods(own, seconds), alert)}`];
}

function isBeyond({ comparison, limit }: AnyAlert, series: readonly EvaluatedSeries[], second: number): boolean {
  return series.some(({ values }) => {
    const value = values.get(second);
    return value !== undefined && (comparison === ">" ? value > limit.value : value < limit.value);
  });
}

/** The value of each measure that is nearest to the limit, or furthest beyond it. */
function valuesTexts(alert: AnyAlert, timeline: Timeline): string[] {
  const extreme = alert.comparison === ">" ? "highest" : "lowest";
  const texts = drawnSeries(alert, timeline).map((series, index) => {
    const value = series && extremeValue(alert, series.values.values());
    const subject = index === 0 ? "the measure" : "`confirmedBy`";
    if (value === undefined) return `${subject} has no value`;
    return `${extreme} value${index === 0 ? "" : ` of ${subject}`} ${distinctText(value, alert)}`;
  });
  const isMeasured = timeline.measures.some((series) => series.length > 0);
  return [`${texts.join(", ")}${isMeasured ? `, limit ${limitText(alert.limit)}` : ""}`];
}

/** The value, rounded, but never to the text of a limit that it differs from. */
function distinctText(value: number, { limit }: AnyAlert): string {
  if (value === limit.value) return limitText(limit);
  const texts = [3, 4, 5, 6, 9, 12].map((digits) => roundedText(value, limit.unit, digits));
  return texts.find((text) => text !== limitText(limit)) ?? String(value);
}
