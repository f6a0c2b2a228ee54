import { join } from "node:path";
import { type ChildResult, child } from "../child";
import { CommandError } from "../command";
import { tool } from "../tool";

export interface Helm {
  readonly run: (args: readonly string[], input?: string) => Promise<ChildResult>;
}

/** @returns Helm, or the reason why it is missing */
export function findHelm(): Helm | { readonly missing: string } {
  const found = tool("helm");
  return "path" in found ? { run: (args, input) => child(found.path, args, { input }) } : found;
}

/** A chart at one version, in a repository that is accessed by HTTP or OCI. */
export interface ChartReference {
  readonly name: string;
  readonly version: string;
  /**
   * The address of the repository that contains the chart, with `https://` or `oci://`.
   * @default none: the chart is a package in a folder
   */
  readonly repository?: string;
}

/**
 * Downloads a chart's package.
 * @returns its path
 * @throws {CommandError} with Helm's error message.
 */
export async function pull(helm: Helm, chart: ChartReference, folder: string): Promise<string> {
  const { name, version, repository = "" } = chart;
  const from = repository.startsWith("oci://") ? [`${repository}/${name}`] : [name, "--repo", repository];
  const { code, stderr } = await helm.run(["pull", ...from, "--version", version, "--destination", folder]);
  if (code !== 0) {
    throw new CommandError(
      `The chart ${name} ${version} could not be downloaded from ${repository}: ${stderr.trim()}\nTo use downloaded charts, add \`--charts <folder>\`.`,
    );
  }
  return join(folder, `${name}-${version}.tgz`);
}
