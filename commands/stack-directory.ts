import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Environment } from "../settings/environment";
import { isInCluster, stackName } from "./stack-name";

/** The folder to which synth writes, relative to the project's root. */
export const outputDirectory = "cdktf.out";

/** Terraform's working directory of a synthesised stack. */
export interface StackDirectory {
  /** Name of the stack, `<environment>-<layer>` or `sentry-<environment>`. */
  readonly name: string;
  readonly path: string;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly workingDirectory: string; readonly dependencies: readonly string[] }>
  >;
}

/** The stacks that an environment deploys to its cluster, each after the stacks that it depends on. */
export function stacksOf({ name }: Pick<Environment, "name">, outdir = outputDirectory): StackDirectory[] {
  const { stacks } = manifest(outdir);
  const depth = (stack: string): number => 1 + Math.max(0, ...(stacks[stack]?.dependencies ?? []).map(depth));
  return Object.entries(stacks)
    .filter(([stack]) => isInCluster(stack, name))
    .sort(([one], [other]) => depth(one) - depth(other))
    .map(([stack, { workingDirectory }]) => ({ name: stack, path: join(outdir, workingDirectory) }));
}

/** The stack with the project of an environment in Sentry. @returns undefined if it manages none */
export function sentryStackOf(
  { name }: Pick<Environment, "name">,
  outdir = outputDirectory,
): StackDirectory | undefined {
  return allStacks(outdir).find(({ name: stack }) => {
    const { environment, layer } = stackName(stack);
    return environment === name && layer === "sentry";
  });
}

/** The stacks of all environments. */
export function allStacks(outdir = outputDirectory): StackDirectory[] {
  return Object.entries(manifest(outdir).stacks).map(([name, { workingDirectory }]) => ({
    name,
    path: join(outdir, workingDirectory),
  }));
}

/** Path of the state file, if the state is on this machine; undefined for any other backend. */
export function localState({ path }: StackDirectory): string | undefined {
  const { backend } = JSON.parse(readFileSync(join(path, "cdk.tf.json"), "utf8")).terraform;
  return backend.local && resolve(path, backend.local.path);
}

function manifest(outdir: string): Manifest {
  return JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
}
