import type { Evidence } from "../../kit/metrics/read-evidence";

/** The version that a program exposes about itself. Go's own build information does not count. */
export function versionIn(scrape: Evidence): string | undefined {
  const name = [...scrape.samples.keys()].find((one) => /^(?!go_)\w+_build_info$|^erp_app_info$/.test(one));
  return name && (labelIn(scrape, name, "version") ?? labelIn(scrape, name, "git_version"));
}

/** A label of a metric's first sample, unless it is empty. */
export function labelIn({ samples }: Evidence, metric: string, name: string): string | undefined {
  return samples.get(metric)?.[0]?.[name] || undefined;
}

/** Whether a version matches the pinned one, which may omit the last numbers. */
export function isVersion(version: string, pin: string): boolean {
  return version === pin || version.startsWith(`${pin}.`);
}
