import type { Kubectl } from "../cluster/kubectl";
import type { Recovery } from "./recovery";

/** The newest revision of a Helm release, from the Secret in which Helm stores it. */
export interface Release {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  /** Helm's status: `deployed`, `failed`, `pending-upgrade`, … */
  readonly status: string;
  readonly secret: string;
}

export async function releases(kubectl: Kubectl): Promise<Release[]> {
  // As a table, because the API then omits the contents of the Secrets, which are whole charts.
  return newestReleases(
    await kubectl.run(["get", "secrets", "-A", "-l", "owner=helm", "--show-labels", "--no-headers"]),
  );
}

/** The newest revision of each release in the table of `kubectl get secrets -A --show-labels`. */
export function newestReleases(table: string): Release[] {
  const found = new Map<string, Release>();
  for (const line of table.split("\n").filter((text) => text.includes("sh.helm.release.v1."))) {
    const columns = line.trim().split(/\s+/);
    const labels = Object.fromEntries((columns.at(-1) ?? "").split(",").map((label) => label.split("=")));
    const [namespace = "", secret = ""] = columns;
    const release = { namespace, secret, name: labels.name, revision: Number(labels.version), status: labels.status };
    const key = `${namespace}/${release.name}`;
    if (release.revision > (found.get(key)?.revision ?? 0)) found.set(key, release);
  }
  return [...found.values()];
}

/** The recoveries of releases whose last install, upgrade or rollback was started and never finished. */
export function pendingReleases(all: readonly Release[], kubectl: Kubectl): Recovery[] {
  return all.filter(isPending).map(({ namespace, name, revision, status, secret }) => ({
    happened: `The release ${name} in namespace ${namespace} is ${status}: its revision ${revision} was started and never finished, and Helm starts no other operation before that revision is deleted.`,
    check:
      "Check whether somebody or a pipeline is still applying the release, which may take ten minutes. Only if nobody is still applying the release, delete that revision:",
    commands: [kubectl.command("-n", namespace, "delete", "secret", secret)],
    afterwards:
      status === "pending-install"
        ? "Then run this command again: it installs the release over the objects of the first attempt."
        : "Then run this command again: it upgrades from the previous revision.",
    runbook: "pending-release.md",
  }));
}

export function isPending({ status }: Release): boolean {
  return status.startsWith("pending-");
}
