import type { Fault } from "../../faults";
import { severities } from "../alerts/alert";
import { nearest } from "../queries/nearest";
import type { AlertmanagerConfig, Route } from "./alertmanager-configuration";
import { checkTiming } from "./check-timing";
import { alternatives, type Labels, type Matcher, matches, parseMatcher } from "./label-matcher";

/** Severities of other projects' alerts that have a route too. */
const foreign = ["none"];

/** Faults of routes without a receiver, and of routes that no alert matches. */
export function checkRoutes({ route, receivers, time_intervals }: AlertmanagerConfig): Fault[] {
  const all = flattenRoutes(route);
  const named = [...new Set(all.map(({ receiver }) => receiver))];
  const known = receivers.map(({ name }) => name);
  // A misspelt name in the only routes to a receiver is one mistake.
  const meant = new Set([...named, ...named.map((name) => nearest(name, known) ?? name)]);
  return [
    ...checkRoot(route),
    ...checkTiming(route, placeOf),
    ...checkReferences("receiver", known, all, ({ receiver }) => [receiver]),
    ...checkReferences(
      "time interval",
      time_intervals.map(({ name }) => name),
      all,
      ({ mute_time_intervals = [] }) => mute_time_intervals,
    ),
    ...all.flatMap((one) => [...unknownSeverities(one), ...checkGrouping(one), ...checkShadowed(one.routes ?? [])]),
    ...known
      .filter((name) => !meant.has(name) && name !== "nobody")
      .map((name) => ({
        place: `alertmanager: receiver "${name}"`,
        rule: "must be reached by a route",
        remedy: "add a route to it, or remove it",
      })),
  ];
}

/** The root route matches every alert, at any time. */
function checkRoot(route: Route): Fault[] {
  const refused = (["matchers", "mute_time_intervals", "continue"] as const).filter(
    (field) => route[field] !== undefined,
  );
  return refused.map((field) => ({
    place: `alertmanager: root route: ${field}`,
    rule: "must not be set, because the root route takes every alert that no other route takes",
    value: `${route[field]}`,
    remedy: "set it on a route below the root",
  }));
}

function checkGrouping(route: Route): Fault[] {
  const labels = route.group_by ?? [];
  const wrong = labels.filter((label, index) => !/^[a-zA-Z_]\w*$/.test(label) || labels.indexOf(label) < index);
  return wrong.map((value) => ({
    place: `${placeOf(route)}: group_by`,
    rule: "must list names of labels, each once",
    value,
    remedy: "correct or remove it",
  }));
}

function flattenRoutes(route: Route): Route[] {
  return [route, ...(route.routes ?? []).flatMap(flattenRoutes)];
}

/** Names that routes use and nothing has. Several routes with the same name are one mistake. */
function checkReferences(
  what: string,
  known: readonly string[],
  routes: readonly Route[],
  namesOf: (route: Route) => readonly string[],
): Fault[] {
  const unknown = routes.flatMap((route) => namesOf(route).map((name) => ({ route, name })));
  return unknown
    .filter(({ name }, index) => !known.includes(name) && unknown.findIndex((one) => one.name === name) === index)
    .map(({ route, name }) => ({
      place: placeOf(route),
      rule: `must name an existing ${what}`,
      value: name,
      remedy: remedyFor(name, what, known),
    }));
}

function remedyFor(name: string, what: string, known: readonly string[]): string {
  if (known.length === 0) return `add a ${what}, or remove the name`;
  const close = nearest(name, known);
  return close === undefined ? `use one of ${known.join(", ")}` : `did you mean "${close}"?`;
}

function unknownSeverities(route: Route): Fault[] {
  const asked = (route.matchers ?? []).map(parseMatcher).filter(({ label }) => label === "severity");
  const known: readonly string[] = [...severities, ...foreign];
  return asked
    .flatMap((one) => alternatives(one) ?? [])
    .filter((severity) => !known.includes(severity))
    .map((value) => ({
      place: placeOf(route),
      rule: "must match a severity that an alert can have",
      value,
      remedy: `use one of ${known.join(", ")}`,
    }));
}

/** Faults of routes whose alerts all match an earlier route. */
function checkShadowed(routes: readonly Route[]): Fault[] {
  return routes.flatMap((route, index) => {
    const before = routes.slice(0, index).filter((one) => !one.continue);
    const own = (route.matchers ?? []).map(parseMatcher);
    const takes = (earlier: Route, labels: Labels) =>
      (earlier.matchers ?? []).every((text) => holds(text, own, labels));
    if (!combinations(own).every((labels) => before.some((earlier) => takes(earlier, labels)))) return [];
    const rule = "must not come after routes that match all of its alerts";
    return [{ place: placeOf(route), rule, remedy: "move it up, or set on the earlier routes `continue`" }];
  });
}

/** Whether an earlier matcher matches an alert of which only these labels are known, and which `own` match. */
function holds(text: string, own: readonly Matcher[], labels: Labels): boolean {
  const { label, ...rest } = parseMatcher(text);
  if (label in labels) return matches({ label, ...rest })(labels);
  return own.some((one) => one.label === label && one.operator === rest.operator && one.value === rest.value);
}

/** Every combination of the values that the matchers accept, if they can be listed. */
function combinations(matchers: readonly Matcher[]): Labels[] {
  return matchers.reduce<Labels[]>(
    (found, one) => {
      const values = alternatives(one);
      return values ? found.flatMap((labels) => values.map((value) => ({ ...labels, [one.label]: value }))) : found;
    },
    [{}],
  );
}

function placeOf({ receiver, matchers = [] }: Route): string {
  return `alertmanager: route to "${receiver}" of {${matchers.join(", ")}}`;
}
