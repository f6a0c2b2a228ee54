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

/** The ways out for those of our releases whose last install, upgrade or rollback never ended. */
export function pendingReleases(all: readonly Release[], namespaces: readonly string[], kubectl: Kubectl): Recovery[] {
  return all
    .filter(({ namespace, status }) => namespaces.includes(namespace) && status.startsWith("pending-"))
    .map(({ namespace, name, revision, status, secret }) => ({
      happened: `The release ${name} in namespace ${namespace} is ${status}: revision ${revision} was begun and never ended, and Helm begins nothing new before it is gone.`,
      steps: [
        "Is it still being applied somewhere? Look for running pipelines; a release may take ten minutes.",
        `Only when nothing works on it any more, forget the unfinished revision: ${kubectl.command("-n", namespace, "delete", "secret", secret)}`,
        status === "pending-install"
          ? "Then run this command again: the release is installed anew over what the first try had made."
          : "Then run this command again: the upgrade is done from the revision before.",
      ],
      runbook: "pending-release.md",
    }));
}
