import type { Environment } from "./environment";
import type { Chart } from "./versions";

type Mirrors = Environment["mirrors"];

/** Source of a chart: its public repository, a mirror of it, or `<chart>-<version>.tgz` in a folder. */
export function chartSource({ name, version, repository }: Chart, { charts }: Mirrors) {
  if (charts === undefined) return { chart: name, version, repository };
  if (/^(https?|oci):\/\//.test(charts)) return { chart: name, version, repository: charts };
  return { chart: `${fromStack(charts)}/${name}-${version}.tgz`, version };
}

/**
 * The image as it is pulled. If a mirror is set, its registry replaces the image's registry, and the repository stays.
 */
export function mirrorImage(image: string, { images }: Mirrors): string {
  return images === undefined ? image : image.replace(/^[^/]+/, images);
}

/** Converts a path relative to the project into one relative to `cdktf.out/stacks/<stack>`, where Terraform runs. */
export function fromStack(path: string): string {
  return path.startsWith("/") ? path : `../../../${path}`;
}
