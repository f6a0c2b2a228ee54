import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Release, releases } from "../../commands/charts/chart-releases";
import { findHelm, type Helm } from "../../commands/charts/helm";
import { manifests } from "../../commands/charts/manifests";
import { imagesOf } from "../../commands/charts/pods";
import type { Resource, Stack } from "../../commands/read-stack";
import { synthesizedStacks } from "../../commands/synthesized-stacks";
import type { Environment } from "../../settings/environment";
import { pythonImage } from "./kubernetes";

/** Everything that a deployment of an environment needs from outside of the project. */
export interface Needs {
  /** File names of the charts' packages. */
  readonly charts: readonly string[];
  /** `hashicorp/<name> <version>` */
  readonly providers: readonly string[];
  /** Full names of the images of all pods, including the tests' own pods. */
  readonly images: readonly string[];
  /** The reasons why images of charts could not be listed. */
  readonly unknown: readonly string[];
}

/**
 * The charts, providers and images that a deployment of the environment needs. The images of a chart that is not in the
 * folder are unknown.
 */
export async function needsOf(environment: Environment, charts: string): Promise<Needs> {
  const stacks = synthesizedStacks([environment]);
  const known = releases(stacks);
  const ofCharts = await Promise.all(known.map((release) => imagesOfChart(release, charts, findHelm())));
  const unknown = ofCharts.filter((images) => typeof images === "string");
  const images = [
    ...stacks.flatMap(({ resources }) => resources.flatMap(imagesOfResource)),
    ...ofCharts.filter((images) => typeof images !== "string").flat(),
    pythonImage,
  ];
  return {
    charts: unique(known.map(({ chart }) => `${chart.name}-${chart.version}.tgz`)),
    providers: unique(stacks.flatMap(providersOf)),
    images: unique(images),
    unknown: unique(unknown),
  };
}

/** The images of a release's pods, or the reason why they are unknown. */
async function imagesOfChart(release: Release, folder: string, helm: ReturnType<typeof findHelm>) {
  const { name, version } = release.chart;
  const path = join(folder, `${name}-${version}.tgz`);
  if (!existsSync(path)) return `those of ${name} ${version}, whose chart is missing`;
  if ("missing" in helm) return `those of the charts, because this needs helm, ${helm.missing}`;
  return renderedImages(helm, release, path);
}

async function renderedImages(helm: Helm, release: Release, path: string): Promise<readonly string[] | string> {
  const rendered = await manifests(helm, release, path);
  return "error" in rendered ? `those of ${release.chart.name}: ${rendered.error}` : rendered.flatMap(imagesOf);
}

/** The images of the pods of one of our Deployments or Jobs. */
function imagesOfResource({ arguments: given }: Resource): readonly string[] {
  const { spec } = given as { readonly spec?: OwnSpec };
  const pod = spec?.template?.spec;
  return [...(pod?.init_container ?? []), ...(pod?.container ?? [])].map(({ image }) => image);
}

/**
 * The specification of a workload, as Terraform's Kubernetes provider defines it. Only the fields that we read are
 * listed.
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1
 */
interface OwnSpec {
  readonly template?: {
    readonly spec?: {
      readonly container?: readonly { readonly image: string }[];
      readonly init_container?: readonly { readonly image: string }[];
    };
  };
}

function providersOf({ settings }: Stack): readonly string[] {
  const { required_providers: required } = settings.terraform as {
    readonly required_providers: Readonly<Record<string, { readonly source: string; readonly version: string }>>;
  };
  return Object.values(required).map(({ source, version }) => `hashicorp/${source.split("/").at(-1)} ${version}`);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
