import type { Fault } from "../../faults";
import type { Chart } from "../../settings/versions";
import { imageVersion, plainVersion } from "../../subjects/program-versions";

/** What a chart at the pinned version contains. */
export interface ChartContents {
  /** `appVersion` of its `Chart.yaml`. */
  readonly appVersion: string;
  /** The images that it renders for the checked environments. */
  readonly images: readonly string[];
  /** Whether the checked environments make every choice, so that the chart has no further images. */
  readonly complete: boolean;
}

/**
 * Faults of the versions that `settings/versions.ts` states for a chart. Captured metrics and tools are compared with
 * these versions, so that a wrong one would hide that they are outdated.
 */
export function versionFaults(chart: Chart, contents: ChartContents): readonly Fault[] {
  const { images, complete } = contents;
  const place = `settings/versions.ts: ${chart.name}`;
  const programs = Object.entries(chart.programs ?? {}).flatMap(([program, version]) => {
    const image = imageName(program);
    const deployed = unique(images.filter((one) => nameOf(one) === image).map(programVersion));
    if (deployed.length === 0 && !complete) return [];
    if (deployed.length > 0 && deployed.every((one) => one === version)) return [];
    const found = deployed.join(" and ");
    return [
      {
        place: `${place}: programs.${program}`,
        value: version,
        rule: `must be the version of the image ${image} in ${chart.name} ${chart.version}, which ${found ? `is ${found}` : "has none"}`,
        remedy: found
          ? `write ${found}, and ${update}`
          : `name the program after one of its images: ${unique(images.map(nameOf)).join(", ")}`,
      },
    ];
  });
  return [...appVersionFaults(chart, contents, place), ...programs];
}

const update =
  "update the program in tools/, if there is one, and capture the evidence again: npm run evidence -- local --outdated";

function appVersionFaults(chart: Chart, { appVersion, images, complete }: ChartContents, place: string): Fault[] {
  const { name, version, appVersion: value, programs = {} } = chart;
  const fault = { place: `${place}: appVersion`, value };
  if (value !== appVersion) {
    const rule = `must be the appVersion of ${name} ${version}, which is ${appVersion}`;
    return [{ ...fault, rule, remedy: `write ${appVersion}, and ${update}` }];
  }
  // The chart of the CRDs has no image. Where the stacks replace every image, `programs` states their versions.
  const stated = Object.keys(programs).map(imageName);
  if (
    !complete ||
    images.every((image) => stated.includes(nameOf(image))) ||
    images.some((image) => programVersion(image) === plainVersion(value))
  )
    return [];
  const rule = `must be the version of an image that ${name} ${version} deploys, which are: ${unique(images).join(", ")}`;
  return [{ ...fault, rule, remedy: "remove the tag of the image from the release's values" }];
}

/** The name of a program's image, such as `kube-state-metrics` for `kubeStateMetrics`. */
function imageName(program: string): string {
  return program.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The version in an image's tag, without the variant of the image: `3.14.0-distroless` contains the program 3.14.0. */
function programVersion(image: string): string {
  return imageVersion(image).replace(/-(distroless|busybox|alpine)$/, "");
}

function nameOf(image: string): string {
  return /([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1] ?? image;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
