import { stripVTControlCharacters } from "node:util";
import type { Kubectl } from "../cluster/kubectl";
import type { StackDirectory } from "../stack-directory";
import type { Release } from "./helm-releases";
import type { PlannedObject } from "./planned-objects";
import { forTerraform, type Recovery, terraformCommand } from "./recovery";

/** Those of what a plan would create that exist already: in the cluster, but not in the state. */
export async function untrackedObjects(
  created: readonly PlannedObject[],
  kubectl: Kubectl,
  existing: readonly Release[],
): Promise<PlannedObject[]> {
  const objects = created.filter(({ kind }) => kind !== "release");
  const namespaces = [...new Set(objects.map(({ namespace }) => namespace))];
  const found = await Promise.all(
    namespaces.map((namespace) => {
      const inNamespace = objects.filter((one) => one.namespace === namespace);
      return existingObjects(inNamespace, namespace, kubectl);
    }),
  );
  return [...found.flat(), ...created.filter((one) => existing.some((release) => isRelease(one, release)))];
}

/** Those that Terraform's errors call present already. */
export function reportedAsExisting(output: string, created: readonly PlannedObject[]): PlannedObject[] {
  const unframed = stripVTControlCharacters(output).replace(/^[│╷╵ ]+/gm, "");
  const errors = unframed.split(/^Error: /m);
  const refused = errors.filter((error) => /already exists|cannot re-use a name/.test(error));
  const addresses = refused.map((error) => /^with (\S+),$/m.exec(error)?.[1]);
  return created.filter(({ address }) => addresses.includes(address));
}

/** The ways out: one for objects, one for releases. */
export function untrackedRecoveries(
  found: readonly PlannedObject[],
  stack: StackDirectory,
  kubectl: Kubectl,
): Recovery[] {
  const objects = found.filter(({ kind }) => kind !== "release");
  const releases = found.filter(({ kind }) => kind === "release");
  const commands = (all: readonly PlannedObject[]) => [
    forTerraform(),
    ...all.map((one) => importCommand(one, stack, kubectl)),
  ];
  return [
    ...(objects.length > 0
      ? [
          {
            happened: `${stack.name} would create ${objects.length === 1 ? "an object that is" : `${objects.length} objects that are`} in the cluster, but not in its state; an apply that was cut off made ${objects.length === 1 ? "it" : "them"}, or somebody else did.`,
            check:
              "What is somebody else's must be renamed or removed. What is this project's is taken into the state:",
            commands: commands(objects),
            afterwards: "Then run this command again.",
            runbook: "untracked-object.md",
          },
        ]
      : []),
    ...(releases.length > 0
      ? [
          {
            happened: `${stack.name} would install what is installed, but not in its state: ${releases.map(({ namespace, name }) => `${namespace}/${name}`).join(", ")}. A refresh that met an unwell API server loses a release, and so does an install that was cut off.`,
            check: "Unless they are somebody else's, take them into the state again:",
            commands: commands(releases),
            afterwards: "Then run this command again: it upgrades each once, to what it already is.",
            runbook: "dropped-release.md",
          },
        ]
      : []),
  ];
}

/** How one gets into the state. An imported Secret would bring its values with it, so it is written anew instead. */
function importCommand(
  { address, kind, namespace, name }: PlannedObject,
  stack: StackDirectory,
  kubectl: Kubectl,
): string {
  if (kind === "secret") return kubectl.command("-n", namespace ?? "default", "delete", "secret", name);
  return terraformCommand(stack, "import", `'${address}'`, namespace ? `${namespace}/${name}` : name);
}

async function existingObjects(
  objects: readonly PlannedObject[],
  namespace: string | undefined,
  kubectl: Kubectl,
): Promise<PlannedObject[]> {
  const names = objects.map(({ kind, name }) => `${kind}/${name}`);
  const scope = namespace ? ["--namespace", namespace] : [];
  const printed = await kubectl.run(["get", ...scope, ...names, "--ignore-not-found", "--output=name"]);
  // `networkpolicy.networking.k8s.io/erp-api`: the group goes, as in what was asked for.
  const there = printed.split("\n").map((line) => line.replace(/^([^./]+)[^/]*/, "$1"));
  return objects.filter(({ kind, name }) => there.includes(`${kind}/${name}`));
}

function isRelease({ kind, namespace, name }: PlannedObject, release: Release): boolean {
  return kind === "release" && release.name === name && release.namespace === namespace;
}
