import { join, resolve } from "node:path";
import { child, type Ended } from "../child";
import { Stopped } from "../command";

/** Helm as it is on PATH, or as `tools/helm` pins it, built with Go. */
export interface Helm {
  readonly run: (args: readonly string[], input?: string) => Promise<Ended>;
}

/** @returns nothing where neither Helm nor Go is there */
export async function findHelm(): Promise<Helm | undefined> {
  const candidates: readonly (readonly string[])[] = [["helm"], ["go", "-C", resolve("tools/helm"), "tool", "helm"]];
  for (const [program = "", ...first] of candidates) {
    const run: Helm["run"] = (args, input) => child(program, [...first, ...args], { input });
    if (await works(run)) return { run };
  }
  return undefined;
}

async function works(run: Helm["run"]): Promise<boolean> {
  try {
    return (await run(["version"])).code === 0;
  } catch (error) {
    if (error instanceof Stopped) return false;
    throw error;
  }
}

/** A chart at one version, in a repository that speaks HTTP or OCI. */
export interface ChartReference {
  readonly name: string;
  readonly version: string;
  readonly repository?: string;
}

/**
 * Downloads a chart's package.
 * @returns its path
 * @throws {Stopped} with what Helm says.
 */
export async function pull(
  helm: Helm,
  { name, version, repository = "" }: ChartReference,
  folder: string,
): Promise<string> {
  const from = repository.startsWith("oci://") ? [`${repository}/${name}`] : [name, "--repo", repository];
  const { code, stderr } = await helm.run(["pull", ...from, "--version", version, "--destination", folder]);
  if (code !== 0) throw new Stopped(`${name} ${version} cannot be had from ${repository}: ${stderr}`);
  return join(folder, `${name}-${version}.tgz`);
}
