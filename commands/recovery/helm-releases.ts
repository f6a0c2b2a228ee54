import type { Kubectl } from "../cluster/kubectl";
import type { Recovery } from "./recovery";

/** The newest revision of a Helm release, by the Secret in which Helm keeps it. */
export interface Release {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  /** `deployed`, `failed`, `pending-upgrade`, … */
  readonly status: string;
  readonly secret: string;
}

export async function releases(kubectl: Kubectl): Promise<Release[]> {
  // As a table: the API then leaves out what the Secrets hold, which is whole charts.
  return newest(await kubectl.run(["get", "secrets", "-A", "-l", "owner=helm", "--show-labels", "--no-headers"]));
}

/** Reads the table of `kubectl get secrets -A --show-labels`. */
export function newest(table: string): Release[] {
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

/** The ways out for releases whose last install, upgrade or rollback was begun and never ended. */
export function pendingReleases(all: readonly Release[], kubectl: Kubectl): Recovery[] {
  return all.filter(isPending).map(({ namespace, name, revision, status, secret }) => ({
    happened: `The release ${name} in namespace ${namespace} is ${status}: its revision ${revision} was begun and never ended, and Helm begins nothing new until it is gone.`,
    check:
      "Is it still being applied somewhere? A release may take ten minutes. Only if it is not, forget that revision:",
    commands: [kubectl.command("-n", namespace, "delete", "secret", secret)],
    afterwards:
      status === "pending-install"
        ? "Then run this command again: the release is installed over what the first try has made."
        : "Then run this command again: it upgrades from the revision before.",
    runbook: "pending-release.md",
  }));
}

export function isPending({ status }: Release): boolean {
  return status.startsWith("pending-");
}
