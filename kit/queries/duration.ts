/** Prometheus' units of a duration, largest first. */
const durationPattern = /^(?=\d)(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Seconds of each unit in `durationPattern`. */
const unitSeconds = [31_536_000, 604_800, 86_400, 3600, 60, 1, 0.001];

/** The longest duration of Prometheus, in seconds: 2⁶³ nanoseconds, or 292 years. */
export const longestSeconds = 2 ** 63 / 1e9;

/** Stories state the same durations many thousand times. */
const known = new Map<string, number>();

/** Seconds of a Prometheus duration, such as `1h30m`, largest unit first; NaN if it is not a duration. */
export function inSeconds(duration: string): number {
  const seconds = known.get(duration) ?? parseDuration(duration);
  known.set(duration, seconds);
  return seconds;
}

function parseDuration(duration: string): number {
  const amounts = durationPattern.exec(duration)?.slice(1);
  if (amounts === undefined) return Number.NaN;
  return unitSeconds.reduce((sum, seconds, index) => sum + Number(amounts[index] ?? 0) * seconds, 0);
}

const unitNames = { s: "second", m: "minute", h: "hour", d: "day", w: "week", y: "year" };

/** A Prometheus duration as people write it: `30d` is `30 days`, and `1h30m` is `1 hour 30 minutes`. */
export function durationInWords(duration: string): string {
  const parts = [...duration.matchAll(/(\d+)([smhdwy])/g)];
  return parts
    .map(([, amount, unit]) => `${amount} ${unitNames[unit as keyof typeof unitNames]}${amount === "1" ? "" : "s"}`)
    .join(" ");
}

/** Days and hours as people write them, rounded up to hours: 608,400 seconds are `7 days 1 hour`. */
export function daysInWords(seconds: number): string {
  const hours = Math.ceil(seconds / 3600);
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  return durationInWords(`${days > 0 ? `${days}d` : ""}${rest > 0 ? `${rest}h` : ""}`);
}

/** The Prometheus duration, such as `9m45s`, to the millisecond. */
export function durationText(seconds: number): string {
  const sizes = [
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
    ["ms", 1],
  ] as const;
  const milliseconds = Math.round(seconds * 1000);
  const parts = sizes.map(([unit, size], index) => {
    const above = sizes[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
    const amount = Math.floor((milliseconds % above) / size);
    return amount > 0 ? `${amount}${unit}` : "";
  });
  return parts.join("") || "0s";
}
