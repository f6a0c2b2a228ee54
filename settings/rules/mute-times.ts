import type { MuteTime } from "../alertmanager";
import type { Rule } from "../rule";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const dayMinutes = 24 * 60;

/** Mute times that together cover the whole week. */
export const muteTimes: readonly Rule[] = [
  {
    at: "alertmanager.muteTimes",
    broken: ({ alertmanager }) => {
      const locations = new Set(alertmanager.muteTimes.map(({ location }) => location));
      return [...locations].some((location) =>
        coversWeek(alertmanager.muteTimes.filter((mute) => mute.location === location)),
      );
    },
    rule: "must leave a part of the week: together they mute `warning` at all times, and nobody is ever notified",
    remedy: "shorten one of them, or remove one",
  },
];

function coversWeek(mutes: readonly MuteTime[]): boolean {
  return weekdays.every((day) => {
    const ranges = mutes
      .filter((mute) => mute.weekdays === undefined || mute.weekdays.includes(day))
      .flatMap(({ times = [{ start: "00:00", end: "24:00" }] }) => times)
      .map(({ start, end }) => [minutes(start), minutes(end)] as const)
      .sort(([one], [other]) => one - other);
    const covered = ranges.reduce((until, [start, end]) => (start <= until ? Math.max(until, end) : until), 0);
    return covered >= dayMinutes;
  });
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return 60 * hours + rest;
}
