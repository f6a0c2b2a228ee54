import { stripVTControlCharacters } from "node:util";
import type { Kubectl } from "../cluster/kubectl";
import type { StackDirectory } from "../stack-directory";
import type { Release } from "./helm-releases";
import type { PlannedObject } from "./planned-objects";
import { exportKubeconfig, type Recovery, terraformCommand } from "./recovery";

/** The objects that a plan would create although they exist in the cluster: they are missing from the state. */
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

/** The objects that already exist according to Terraform's errors. */
export function objectsReportedAsExisting(output: string, created: readonly PlannedObject[]): PlannedObject[] {
  const unframed = stripVTControlCharacters(output).replace(/^[│╷╵ ]+/gm, "");
  const errors = unframed.split(/^Error: /m);
  const refused = errors.filter((error) => /already exists|cannot re-use a name/.test(error));
  const addresses = refused.map((error) => /^with (\S+),$/m.exec(error)?.[1]);
  return created.filter(({ address }) => addresses.includes(address));
}

/** The recoveries: one for objects, and one for releases. */
export function untrackedRecoveries(
  found: readonly PlannedObject[],
  stack: StackDirectory,
  kubectl: Kubectl,
): Recovery[] {
  const objects = found.filter(({ kind }) => kind !== "release");
  const releases = found.filter(({ kind }) => kind === "release");
  const commands = (all: readonly PlannedObject[]) => [
    exportKubeconfig(),
    ...all.map((one) => importCommand(one, stack, kubectl)),
  ];
  return [
    ...(objects.length > 0
      ? [
          {
            happened: `${stack.name} would create ${objects.length === 1 ? "an object that exists" : `${objects.length} objects that exist`} in the cluster. The state of the stack does not contain ${objects.length === 1 ? "it" : "them"}. An interrupted apply created ${objects.length === 1 ? "it" : "them"}, or somebody else did.`,
            check: "Rename or remove the objects that do not belong to this project. Import the others into the state:",
            commands: commands(objects),
            afterwards: "Then run this command again.",
            runbook: "untracked-object.md",
          },
        ]
      : []),
    ...(releases.length > 0
      ? [
          {
            happened: `${stack.name} would install releases that exist in the cluster, but are missing from the state of the stack: ${releases.map(({ namespace, name }) => `${namespace}/${name}`).join(", ")}. The state loses a release if the API server fails during a refresh, or if an install is interrupted.`,
            check: "If they belong to this project, import them into the state:",
            commands: commands(releases),
            afterwards: "Then run this command again: it upgrades each release once, and does not change its objects.",
            runbook: "dropped-release.md",
          },
        ]
      : []),
  ];
}

/**
 * The command that imports an object. A Secret is deleted and created again, because an import would store its values.
 */
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
  // The requested names have no API group, as in `networkpolicy.networking.k8s.io/erp-api`.
  const existing = printed.split("\n").map((line) => line.replace(/^([^./]+)[^/]*/, "$1"));
  return objects.filter(({ kind, name }) => existing.includes(`${kind}/${name}`));
}

function isRelease({ kind, namespace, name }: PlannedObject, release: Release): boolean {
  return kind === "release" && release.name === name && release.namespace === namespace;
}
