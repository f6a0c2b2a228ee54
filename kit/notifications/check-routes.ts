import type { Fault } from "../../faults";
import { severities } from "../alerts/alert";
import type { AlertmanagerConfig, Route } from "./alertmanager-configuration";
import { alternatives, type Labels, type Matcher, matches, parseMatcher } from "./label-matcher";

/** Severities that are not ours, and have a route all the same. */
const foreign = ["none"];

/** Routes that lead nowhere, and those that nothing ever takes. */
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
        remedy: "add a route to it, or leave it out",
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
      rule: `must name a ${what} that is there`,
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

/** Routes of which every alert is taken by others before them. */
function checkShadowed(routes: readonly Route[]): Fault[] {
  return routes.flatMap((route, index) => {
    const before = routes.slice(0, index).filter((one) => !one.continue);
    const own = (route.matchers ?? []).map(parseMatcher);
    const takes = (earlier: Route, labels: Labels) =>
      (earlier.matchers ?? []).every((text) => holds(text, own, labels));
    if (!combinations(own).every((labels) => before.some((earlier) => takes(earlier, labels)))) return [];
    const rule = "must not come after routes that take all of its alerts";
    return [{ place: placeOf(route), rule, remedy: "move it up, or let those before it `continue`" }];
  });
}

/** Whether an earlier matcher holds for an alert of which only these labels are known, and that `own` match. */
function holds(text: string, own: readonly Matcher[], labels: Labels): boolean {
  const { label, ...rest } = parseMatcher(text);
  if (label in labels) return matches({ label, ...rest })(labels);
  return own.some((one) => one.label === label && one.operator === rest.operator && one.value === rest.value);
}

/** Every combination of the values that the matchers let through, as far as these can be counted. */
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
