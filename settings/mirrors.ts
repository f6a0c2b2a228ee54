import type { Environment } from "./environment";
import type { Chart } from "./versions";

type Mirrors = Environment["mirrors"];

/** Where a chart is taken from: its public repository, a mirror of it, or `<chart>-<version>.tgz` in a folder. */
export function chartSource({ name, version, repository }: Chart, { charts }: Mirrors) {
  if (charts === undefined) return { chart: name, version, repository };
  if (/^(https?|oci):\/\//.test(charts)) return { chart: name, version, repository: charts };
  return { chart: `${fromStack(charts)}/${name}-${version}.tgz`, version };
}

/** An image, taken from the mirror where there is one: its registry is replaced, its repository kept. */
export function mirrorImage(image: string, { images }: Mirrors): string {
  return images === undefined ? image : image.replace(/^[^/]+/, images);
}

/** Terraform runs in `cdktf.out/stacks/<stack>`: paths that are meant from the project's root lead back there. */
export function fromStack(path: string): string {
  return path.startsWith("/") ? path : `../../../${path}`;
}
