import type { AnyAlert } from "../../kit/alerts/alert";
import { nearest } from "../../kit/queries/nearest";
import type { Environment } from "../../settings/environment";
import { type Contributions, contributions, switchedOffAlerts } from "../../subjects/listings";
import { CommandError } from "../command";

/** Alerts that the user named, and the environment in which they are played. */
export interface NamedAlerts {
  readonly environment: Environment;
  readonly contributed: Contributions;
  readonly alerts: readonly AnyAlert[];
}

/**
 * The named alerts. A name may be the beginning of a single name. Alerts that share a name are all meant.
 *
 * @param environments in which they are looked for: each alert is played in the first one that has it
 * @throws {CommandError} with similar names, when there is no such alert
 */
export function namedAlerts(environments: readonly Environment[], names: readonly string[]): readonly NamedAlerts[] {
  const places = environments.map((environment) => ({ environment, contributed: contributions(environment) }));
  const alertsOf = ({ alerts, logAlerts }: Contributions): readonly AnyAlert[] => [...alerts, ...logAlerts];
  const known = [...new Set(places.flatMap(({ contributed }) => alertsOf(contributed).map(({ name }) => name)))].sort();
  if (names.length === 0) throw new CommandError(`Name an alert:\n${known.map((name) => `  ${name}`).join("\n")}`);
  const chosen = new Set(names.map((name) => completeName(name, known, environments)));
  return places.flatMap(({ environment, contributed }) => {
    const alerts = alertsOf(contributed).filter(({ name }) => chosen.has(name));
    for (const { name } of alerts) chosen.delete(name);
    return alerts.length > 0 ? [{ environment, contributed, alerts }] : [];
  });
}

/** @throws {CommandError} */
function completeName(given: string, known: readonly string[], environments: readonly Environment[]): string {
  const word = given.toLowerCase();
  const exact = known.find((name) => name.toLowerCase() === word);
  const begun = known.filter((name) => name.toLowerCase().startsWith(word));
  const [only] = begun;
  if (exact !== undefined) return exact;
  if (only !== undefined && begun.length === 1) return only;
  const off = environments.flatMap((environment) => {
    const found = switchedOffAlerts(environment).find(({ title }) => title.toLowerCase() === word);
    return found ? [`  ${environment.name}: ${found.because}`] : [];
  });
  if (off.length > 0) throw new CommandError(`${given} is switched off:\n${off.join("\n")}`);
  const near = nearest(given, known);
  const similar = new Set([
    ...begun,
    ...(near === undefined ? [] : [near]),
    ...known.filter((name) => name.toLowerCase().includes(word)),
  ]);
  const list = similar.size > 0 ? [...similar].sort() : known;
  const heading = similar.size > 0 ? "Similar names" : "There are";
  const where = environments.map(({ name }) => name).join(", ");
  throw new CommandError(
    `There is no alert ${given} in ${where}. ${heading}:\n${list.map((name) => `  ${name}`).join("\n")}`,
  );
}
