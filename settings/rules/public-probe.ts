import type { Rule } from "../rule";

/** The probed path must be one of the public paths. */
export const publicProbe: readonly Rule[] = [
  {
    at: "erp.ingress.probePath",
    reads: ["erp.ingress.paths"],
    broken: ({ erp: { ingress } }) => ingress?.paths.every((prefix) => !covers(prefix, ingress.probePath)) ?? false,
    rule: "must be one of the public `paths`, or below one of them",
    remedy: "add the path to `paths`, or choose a path below one of them",
  },
];

/**
 * Whether a path is below a prefix, as Ingress controllers compare them: by whole segments, with or without a trailing
 * slash.
 */
function covers(prefix: string, path: string): boolean {
  return `${path}/`.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
}
