/** Conversion of quantities to numbers, to compare them. A malformed quantity is NaN, so that no comparison with it is true. */

const binary = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;

/** Bytes of a Kubernetes quantity such as `512Mi`. */
export function bytesOf(quantity: string): number {
  return scale(quantity, /^([\d.]+)(Ki|Mi|Gi|Ti)$/, binary);
}

/**
 * Bytes of a size as Prometheus interprets it: `40GB` and `40GiB` are both 40 × 2³⁰.
 * https://pkg.go.dev/github.com/alecthomas/units#Base2Bytes
 */
export function prometheusBytesOf(size: string): number {
  const quantity = size.replace(/([KMGT])i?B$/, "$1i");
  return quantity === size ? Number(size.replace(/B$/, "")) : bytesOf(quantity);
}

/** Cores of a Kubernetes quantity such as `250m` or `2`. */
export function coresOf(quantity: string): number {
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

function scale(text: string, form: RegExp, units: Readonly<Record<string, number>>): number {
  const [, amount, unit = ""] = form.exec(text) ?? [];
  return Number(amount) * (units[unit] ?? Number.NaN);
}
