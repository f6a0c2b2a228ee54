import type { Kubectl } from "../cluster/kubectl";
import type { StackDirectory } from "../stack-directory";
import type { Attributes, Plan, ResourceChange } from "../terraform/plan-summary";
import { forTerraform, type Recovery, terraformCommand } from "./recovery";
import type { Release } from "./releases";

/** Something that a plan would create. */
export interface Planned {
  readonly address: string;
  /** As `kubectl` knows it: `networkpolicy`; `release` for a Helm release. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What the plan would create although it exists: in the cluster, but not in the state. */
export async function untracked(plan: Plan, kubectl: Kubectl, existing: readonly Release[]): Promise<Planned[]> {
  const created = plannedCreations(plan);
  const objects = created.filter(({ kind }) => kind !== "release");
  const namespaces = [...new Set(objects.map(({ namespace }) => namespace))];
  const found = await Promise.all(
    namespaces.map((namespace) =>
      present(
        kubectl,
        namespace,
        objects.filter((one) => one.namespace === namespace),
      ),
    ),
  );
  const dropped = created.filter((one) => one.kind === "release" && existing.some((release) => same(one, release)));
  return [...found.flat(), ...dropped];
}

/** What the plan would create, where its name is known. */
export function plannedCreations({ resource_changes = [] }: Plan): Planned[] {
  return resource_changes.filter(({ change }) => change.actions.join() === "create").flatMap(planned);
}

/** Those among the planned that Terraform's errors call present already. */
export function calledPresent(output: string, planned: readonly Planned[]): Planned[] {
  const plain = output.replace(/^[│╷╵ ]+/gm, "");
  const reasons = plain.split(/^Error: /m).filter((error) => /already exists|cannot re-use a name/.test(error));
  const addresses = new Set(reasons.map((error) => /^with (\S+),$/m.exec(error)?.[1]));
  return planned.filter(({ address }) => addresses.has(address));
}

/** The ways out: one for objects, one for releases. */
export function untrackedRecoveries(found: readonly Planned[], stack: StackDirectory, kubectl: Kubectl): Recovery[] {
  const [releases, objects] = [
    found.filter(({ kind }) => kind === "release"),
    found.filter(({ kind }) => kind !== "release"),
  ];
  const recoveries = [];
  if (objects.length > 0) {
    recoveries.push({
      happened: `${objects.length} of what ${stack.name} would create is in the cluster already, but not in its state. An apply that was cut off made it, or it is somebody else's.`,
      steps: [
        forTerraform(),
        ...objects.map((object) => taken(object, stack, kubectl)),
        "What is not this project's must not be taken over: rename it or remove it. Then run this command again.",
      ],
      runbook: "untracked-object.md",
    });
  }
  if (releases.length > 0) {
    recoveries.push({
      happened: `${releases.map(({ namespace, name }) => `${namespace}/${name}`).join(", ")}: installed in the cluster, but not in the state of ${stack.name}. A refresh that met an unwell API server drops a release, and so does an install that was cut off.`,
      steps: [
        forTerraform(),
        ...releases.map((release) => taken(release, stack, kubectl)),
        "Then run this command again: it upgrades the release once, to what it already is.",
      ],
      runbook: "dropped-release.md",
    });
  }
  return recoveries;
}

/** How one object gets into the state. An imported Secret would bring its values into the state: it is made anew instead. */
function taken({ address, kind, namespace, name }: Planned, stack: StackDirectory, kubectl: Kubectl): string {
  if (kind === "secret")
    return `${kubectl.command("-n", namespace ?? "default", "delete", "secret", name)} (the next run writes it anew)`;
  return terraformCommand(stack, "import", `'${address}'`, namespace ? `${namespace}/${name}` : name);
}

function planned({ address, type, change }: ResourceChange): Planned[] {
  const after = change.after ?? {};
  if (type === "helm_release") return named({ address, kind: "release" }, after);
  if (!type.startsWith("kubernetes_")) return [];
  const kind = type.replace(/^kubernetes_|_v\d+$/g, "").replaceAll("_", "");
  return Array.isArray(after.metadata) ? named({ address, kind }, after.metadata[0]) : [];
}

function named(planned: Pick<Planned, "address" | "kind">, { name, namespace }: Attributes): Planned[] {
  return name ? [{ ...planned, name, ...(namespace && { namespace }) }] : [];
}

async function present(
  kubectl: Kubectl,
  namespace: string | undefined,
  objects: readonly Planned[],
): Promise<Planned[]> {
  const names = objects.map(({ kind, name }) => `${kind}/${name}`);
  const scope = namespace ? ["--namespace", namespace] : [];
  const printed = await kubectl.run(["get", ...scope, ...names, "--ignore-not-found", "--output=name"]);
  // `networkpolicy.networking.k8s.io/erp-api`: the group is left out, as in what we asked for.
  const there = new Set(printed.split("\n").map((line) => line.replace(/^([^./]+)[^/]*/, "$1")));
  return objects.filter(({ kind, name }) => there.has(`${kind}/${name}`));
}

function same({ namespace, name }: Planned, release: Release): boolean {
  return release.name === name && release.namespace === namespace;
}
