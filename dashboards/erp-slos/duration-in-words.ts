const names = { s: "second", m: "minute", h: "hour", d: "day", w: "week", y: "year" };

/** A duration of Prometheus as people write it: `30d` is `30 days`, and `1h30m` is `1 hour 30 minutes`. */
export function durationInWords(duration: string): string {
  const parts = [...duration.matchAll(/(\d+)([smhdwy])/g)];
  return parts
    .map(([, amount, unit]) => `${amount} ${names[unit as keyof typeof names]}${amount === "1" ? "" : "s"}`)
    .join(" ");
}
