import { execFileSync } from "node:child_process";
import { terraformProgram } from "../../commands/terraform/terraform";
import type { TestCluster } from "./suite";

/** When and where something was run: `2026-11-29, commit 4d1e261, Kubernetes v1.33.13, Terraform v1.11.4`. */
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

/** What both pages say about the machine and the programs, and what follows from them. */
export const limits = `## What this does not show

- One node. Charts and images were those that \`versions.ts\` pinned at the commit, with the providers
  hashicorp/kubernetes 2.38.0 and hashicorp/helm 3.1.1.
- **Grafana** was left out: its images could not be had where this was run. Its release is checked by rendering the chart
  (\`npm run check:charts\`), its dashboards by the checks of every query and of Grafana's dashboard schema. Its real
  dashboard sidecar ran in the story \`dashboard-sidecar\`.
- **The base images** python, postgres and redis were Debian's packages of the same major versions. redis_exporter,
  celery-exporter and the sidecar were built from their repositories, the other programs from their Go modules, all in
  the pinned versions. What was recorded before commit 078ab71 ran with redis_exporter 1.45.0 in place of the pinned one.
- The two Terraform providers and the charts were built and packaged from their public repositories at the pinned
  versions; no registry was asked.
- **Elasticsearch** was there in the story \`elasticsearch\` only: version 7.10.2, one node, as a pod of the test.
- Object storage, ingress controllers, OIDC, PagerDuty, Slack and e-mail were not there.
- The loss of a node or zone, and the gossip of several Alertmanagers, were not tried.
`;
