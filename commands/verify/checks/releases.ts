import { gunzipSync } from "node:zlib";
import { ownNamespaces } from "../../../settings/own-namespaces";
import type { Check, Failure } from "../check";
import { type Deployment, ourNamespaces } from "../deployment";
import { differences } from "../differences";
import type { ExpectedRelease } from "../expected-objects";

/** Helm stores each revision of a release, with its chart and values, in a Secret. */
export const releases: Check = {
  id: "releases",
  title: "every Helm release has the chart and the values of the configuration",
  permissions: [{ namespaces: ourNamespaces, resources: ["secrets"], verbs: ["list"] }],
  readsSecrets: true,
  async run(deployment) {
    const ours = ownNamespaces(deployment.environment);
    const found = (await Promise.all(ours.map((namespace) => newestRevisions(deployment, namespace)))).flat();
    const failures = deployment.releases.flatMap((release) => {
      const revision = found.find(({ name, namespace }) => name === release.name && namespace === release.namespace);
      return failuresOf(release, revision);
    });
    return { failures, extent: `${deployment.releases.length} releases` };
  },
};

/** The newest revision of a release in the cluster. */
export interface Revision {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** Helm's status: `deployed`, `failed`, `pending-upgrade`, … */
  readonly status: string;
  readonly chartVersion: string;
  readonly values: unknown;
}

export function failuresOf(release: ExpectedRelease, revision: Revision | undefined): Failure[] {
  const where = `release ${release.namespace}/${release.name}`;
  if (revision === undefined) {
    const found = `it was never installed: the deployment of the stack ${release.stack} did not finish`;
    return [{ where, expected: "deployed", found, runbook: "interrupted-apply" }];
  }
  if (revision.status.startsWith("pending-")) {
    const found = `revision ${revision.revision} is ${revision.status}: a deployment is running, or was interrupted`;
    return [{ where, expected: "deployed", found, runbook: "pending-release" }];
  }
  if (revision.status !== "deployed") {
    const found = `revision ${revision.revision} is ${revision.status}`;
    return [{ where, expected: "deployed", found, runbook: "interrupted-apply" }];
  }
  if (release.version !== undefined && release.version !== revision.chartVersion) {
    const found = `version ${revision.chartVersion} of the chart`;
    return [{ where, expected: `version ${release.version} of the chart`, found, runbook: "changed-object" }];
  }
  const changed = differences(release.values, revision.values, "extra fields count");
  return changed ? [{ where, ...changed, runbook: "changed-object" }] : [];
}

/**
 * The Secret of a revision. Only the fields that we read are listed.
 * @see https://helm.sh/docs/topics/advanced/#storage-backends
 */
interface RevisionSecret {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly data: { readonly release: string };
}

async function newestRevisions({ kubectl }: Deployment, namespace: string): Promise<Revision[]> {
  const current = "--selector=owner=helm,status!=superseded";
  const secrets = await kubectl.list<RevisionSecret>("secrets", "--namespace", namespace, current);
  const newest = new Map<string, Revision>();
  for (const revision of secrets.map((secret) => readRevision(secret, namespace))) {
    if (revision.revision > (newest.get(revision.name)?.revision ?? 0)) newest.set(revision.name, revision);
  }
  return [...newest.values()];
}

/** Helm compresses the release and encodes it in base64; Kubernetes encodes it in base64 again. */
export function readRevision({ metadata: { labels }, data }: RevisionSecret, namespace: string): Revision {
  const compressed = Buffer.from(Buffer.from(data.release, "base64").toString(), "base64");
  const { chart, config = {} } = JSON.parse(gunzipSync(compressed).toString());
  return {
    name: labels.name ?? "",
    namespace,
    revision: Number(labels.version),
    status: labels.status ?? "",
    chartVersion: chart.metadata.version,
    values: config,
  };
}
