import type { Evidence } from "../../kit/metrics/evidence";

/** What a program says of itself. Go's own build information is none of it. */
export function versionIn(scrape: Evidence): string | undefined {
  const name = [...scrape.samples.keys()].find((one) => /^(?!go_)\w+_build_info$|^erp_app_info$/.test(one));
  return name && (labelIn(scrape, name, "version") ?? labelIn(scrape, name, "git_version"));
}

/** A label of a metric's first sample, unless it is empty. */
export function labelIn({ samples }: Evidence, metric: string, name: string): string | undefined {
  return samples.get(metric)?.[0]?.[name] || undefined;
}

/** Some say their version as `v1.2.3`, some as `1.2.3`. */
export function plain(version: string): string {
  return version.replace(/^v/, "");
}

/** Whether a version is the pinned one, which may leave out its last parts. */
export function isOf(version: string, pin: string): boolean {
  return version === pin || version.startsWith(`${pin}.`);
}

/** The version that an image is named by. */
export function tagOf(image: string): string {
  return plain(image.slice(image.lastIndexOf(":") + 1));
}
