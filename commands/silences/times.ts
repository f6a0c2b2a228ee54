import type { Fault } from "../../faults";
import { inSeconds } from "../../kit/queries/duration";
import { everything } from "./scope";

/** The longest silence of all alerts, and of anything else. What stays silent for longer is forgotten. */
const longest = { everything: "1d", others: "7d" } as const;

/** The faults of a duration for which these names are to be silent. */
export function durationFaults(given: string | undefined, names: readonly string[]): Fault[] {
  const fault = { place: "--for", ...(given !== undefined && { value: given }) };
  const seconds = inSeconds(given ?? "");
  if (!(seconds > 0)) {
    return [
      { ...fault, rule: "must be a duration above 0", remedy: "write a number and a unit, such as `1h` or `90m`" },
    ];
  }
  if (seconds < 60)
    return [{ ...fault, rule: "must be at least 1m", remedy: "write a longer duration, such as `30m`" }];
  const most = names.includes(everything) ? longest.everything : longest.others;
  if (seconds <= inSeconds(most)) return [];
  return [
    {
      ...fault,
      rule: `must be at most ${most}${most === longest.everything ? " for everything" : ""}, because a longer silence outlasts the work that people remember`,
      remedy:
        "name fewer alerts, silence them again later, or change them with the reason by `alerts` or `alertmanager.muteTimes` of the environment",
    },
  ];
}

/** A time on the clock of this machine and in UTC: `Mon 30 Nov 15:05 CET (14:05 UTC)`. */
export function timeText(time: Date): string {
  const inZone = (timeZone?: string) =>
    new Intl.DateTimeFormat("en-GB", {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      timeZoneName: "short",
      ...(timeZone && { timeZone }),
    })
      .format(time)
      .replaceAll(",", "");
  const [local, utc] = [inZone(), inZone("UTC")];
  if (local === utc) return utc;
  // The day is repeated only where it differs.
  const day = /^\w+ \d+ \w+/;
  const sameDay = day.exec(local)?.[0] === day.exec(utc)?.[0];
  return `${local} (${sameDay ? utc.replace(day, "").trim() : utc})`;
}
