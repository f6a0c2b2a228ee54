import { execFileSync } from "node:child_process";
import { terraformProgram } from "../../commands/terraform/terraform";
import type { TestCluster } from "./suite";

/** Date, commit and versions of a run: `2026-11-29, commit 4d1e261, Kubernetes v1.33.13, Terraform v1.11.4`. */
export async function occasion({ kubectl, mark }: TestCluster): Promise<string> {
  const server = /Server Version: (.*)/.exec(await kubectl.run(["version"]))?.[1];
  const [terraform] = execFileSync(terraformProgram, ["version"], { encoding: "utf8" }).split("\n");
  return `${new Date().toISOString().slice(0, 10)}, commit ${mark.commit}, Kubernetes ${server}, ${terraform}`;
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** The section of both pages about the cluster, the programs, and the parts that were not tested. */
export const limits = `## What was not tested

- The cluster had one node. Charts and images had the versions that \`versions.ts\` pinned at the commit. The providers were
  hashicorp/kubernetes 2.38.0 and hashicorp/helm 3.1.1.
- **Grafana** was not tested, because its images were not available. \`npm run check:charts\` checks its release by rendering the
  chart. The dashboards are checked query by query, and against Grafana's dashboard schema. The real dashboard sidecar ran in the
  story \`dashboard-sidecar\`.
- **The base images** python, postgres and redis contained Debian's packages of the same major versions. redis_exporter,
  celery-exporter and the sidecar were built from their repositories, the other programs from their Go modules, all in
  the pinned versions. Results recorded before commit 078ab71 used redis_exporter 1.45.0 instead of the pinned one.
- The two Terraform providers and the charts were built and packaged from their public repositories at the pinned
  versions. No registry was used.
- **Elasticsearch** ran only in the story \`elasticsearch\`: version 7.10.2, one node, as a pod of the test.
- Object storage, ingress controllers, OIDC, PagerDuty, Slack and e-mail were not available.
- The loss of a node or zone, and the gossip of several Alertmanagers, were not tested.
`;
