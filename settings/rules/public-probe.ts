import type { Rule } from "../rule";

/** The public address is asked for something that it shows. */
export const publicProbe: readonly Rule[] = [
  {
    at: "erp.ingress.probePath",
    reads: ["erp.ingress.paths"],
    broken: ({ erp: { ingress } }) => ingress?.paths.every((prefix) => !covers(prefix, ingress.probePath)) ?? false,
    rule: "must be public: below one of `paths`",
    remedy: "add it to `paths`, or choose another",
  },
];

/** As Ingress controllers understand a prefix: whole segments, however it ends. */
function covers(prefix: string, path: string): boolean {
  return `${path}/`.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
}
