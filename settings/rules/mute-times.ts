import type { MuteTime } from "../alertmanager";
import type { Rule } from "../rule";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

/** Days without a change of the clocks, in winter and in summer. The year does not matter. */
const days = [new Date("2026-01-14T12:00:00Z"), new Date("2026-07-15T12:00:00Z")];

/** Mute times that together cover the whole week. */
export const muteTimes: readonly Rule[] = [
  {
    at: "alertmanager.muteTimes",
    broken: ({ alertmanager }) => days.some((day) => coverWeek(alertmanager.muteTimes, day)),
    rule: "must leave a part of the week: together they mute `warning` at all times, and nobody is ever notified",
    remedy: "shorten one of them, or remove one",
  },
];

/** Whether mute times of any time zones cover all minutes of the week that has the offsets of this day. */
function coverWeek(mutes: readonly MuteTime[], day: Date): boolean {
  const zones = new Set(mutes.map(({ location }) => location));
  const ranges = mutes
    .flatMap((mute) => {
      const offset = zones.size > 1 ? offsetMinutes(mute.location, day) : 0;
      return rangesOf(mute).flatMap(([start, end]) => inWeek(start - offset, end - offset));
    })
    .sort(([one], [other]) => one - other);
  const covered = ranges.reduce((until, [start, end]) => (start <= until ? Math.max(until, end) : until), 0);
  return covered >= weekMinutes;
}

type Range = readonly [start: number, end: number];

/** The muted minutes of a week of the time zone, from Monday. */
function rangesOf({ weekdays: chosen = [...weekdays], times = [{ start: "00:00", end: "24:00" }] }: MuteTime): Range[] {
  return chosen.flatMap((day) =>
    times.map(({ start, end }): Range => {
      const midnight = weekdays.indexOf(day) * dayMinutes;
      return [midnight + minutes(start), midnight + minutes(end)];
    }),
  );
}

/** A range that may begin before the week or end after it, as ranges of the week. */
function inWeek(start: number, end: number): Range[] {
  const first = ((start % weekMinutes) + weekMinutes) % weekMinutes;
  const last = first + end - start;
  return last <= weekMinutes
    ? [[first, last]]
    : [
        [first, weekMinutes],
        [0, last - weekMinutes],
      ];
}

/** The minutes by which a time zone is ahead of UTC. */
function offsetMinutes(timeZone: string, day: Date): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(day);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "", hours = 0, rest = 0] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(rest));
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return 60 * hours + rest;
}
