/** Quantities as numbers, to compare them. What is malformed is NaN, which is neither more nor less than anything. */

const binary = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;
const seconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 } as const;

/** Bytes of a Kubernetes quantity such as `512Mi`. */
export function bytesOf(quantity: string): number {
  return scale(quantity, /^([\d.]+)(Ki|Mi|Gi|Ti)$/, binary);
}

/** Bytes of a size as Prometheus reads it: `40GB` and `40GiB` are both 40 × 2³⁰. https://pkg.go.dev/github.com/alecthomas/units#Base2Bytes */
export function prometheusBytesOf(size: string): number {
  const quantity = size.replace(/([KMGT])i?B$/, "$1i");
  return quantity === size ? Number(size.replace(/B$/, "")) : bytesOf(quantity);
}

/** Cores of a Kubernetes quantity such as `250m` or `2`. */
export function coresOf(quantity: string): number {
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

/** Seconds of a Prometheus duration such as `1h30m`; a year has 365 days. */
export function secondsOf(duration: string): number {
  const parts = duration.match(/\d+[a-z]+/g) ?? [];
  if (parts.join("") !== duration) return Number.NaN;
  return parts.reduce((total, part) => total + scale(part, /^(\d+)([a-z]+)$/, seconds), 0);
}

function scale(text: string, form: RegExp, units: Readonly<Record<string, number>>): number {
  const [, amount, unit = ""] = form.exec(text) ?? [];
  return Number(amount) * (units[unit] ?? Number.NaN);
}
