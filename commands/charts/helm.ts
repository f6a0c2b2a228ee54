import { join } from "node:path";
import { child, type Ended } from "../child";
import { CommandError } from "../command";
import { tool } from "../tool";

export interface Helm {
  readonly run: (args: readonly string[], input?: string) => Promise<Ended>;
}

/** @returns Helm, or why there is none */
export function findHelm(): Helm | { readonly missing: string } {
  const found = tool("helm");
  return "path" in found ? { run: (args, input) => child(found.path, args, { input }) } : found;
}

/** A chart at one version, in a repository that speaks HTTP or OCI. */
export interface ChartReference {
  readonly name: string;
  readonly version: string;
  /**
   * The address of the repository that holds the chart, with `https://` or `oci://`.
   * @default none: the chart is a package in a folder
   */
  readonly repository?: string;
}

/**
 * Downloads a chart's package.
 * @returns its path
 * @throws {CommandError} with what Helm says.
 */
export async function pull(helm: Helm, chart: ChartReference, folder: string): Promise<string> {
  const { name, version, repository = "" } = chart;
  const from = repository.startsWith("oci://") ? [`${repository}/${name}`] : [name, "--repo", repository];
  const { code, stderr } = await helm.run(["pull", ...from, "--version", version, "--destination", folder]);
  if (code !== 0) throw new CommandError(`${name} ${version} cannot be had from ${repository}: ${stderr}`);
  return join(folder, `${name}-${version}.tgz`);
}
