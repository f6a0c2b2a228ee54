import type { Fault } from "../../faults";
import { severities } from "../alerts/alert";
import type { AlertmanagerConfig, Route } from "./alertmanager-configuration";
import { alternatives, type Labels, type Matcher, matches, parseMatcher } from "./label-matcher";

/** Severities of other projects' alerts that have a route too. */
const foreign = ["none"];

/** Faults of routes without a receiver, and of routes that no alert matches. */
export function checkRoutes({ route, receivers, time_intervals }: AlertmanagerConfig): Fault[] {
  const all = flattenRoutes(route);
  const named = new Set(all.map(({ receiver }) => receiver));
  return [
    ...all.flatMap((one) => [
      ...checkReferences(one, "receiver", [one.receiver], receivers),
      ...checkReferences(one, "time interval", one.mute_time_intervals, time_intervals),
      ...unknownSeverities(one),
      ...checkShadowed(one.routes ?? []),
    ]),
    ...receivers
      .filter(({ name }) => !named.has(name) && name !== "nobody")
      .map(({ name }) => ({
        place: `alertmanager: receiver "${name}"`,
        rule: "must be reached by a route",
        remedy: "add a route to it, or remove it",
      })),
  ];
}

function flattenRoutes(route: Route): Route[] {
  return [route, ...(route.routes ?? []).flatMap(flattenRoutes)];
}

function checkReferences(
  route: Route,
  what: string,
  names: readonly string[] = [],
  known: readonly { name: string }[],
): Fault[] {
  return names
    .filter((name) => !known.some((one) => one.name === name))
    .map((name) => ({
      place: placeOf(route),
      rule: `must name a ${what} that exists`,
      value: name,
      remedy: `there is ${known.map((one) => one.name).join(", ") || "none"}`,
    }));
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
      remedy: `there is ${known.join(", ")}`,
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
