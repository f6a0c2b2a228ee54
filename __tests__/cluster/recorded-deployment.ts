import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { judgement, resultsByStep } from "./results";
import type { Step, TestCluster } from "./suite";
import { limits, occasion, table } from "./verified-page";

/** Writes `docs/verified.md`: the results of `test:cluster`, with date, versions and measured values. */
export async function recordDeployment(steps: readonly Step[], cluster: TestCluster): Promise<void> {
  const figures = [...resultsByStep().values()].flatMap((results) => results.figures);
  const page = `# Verified: the deployment to a real cluster

This page contains the last results of \`npm run test:cluster -- --charts <folder> --record\`. Further proofs on a cluster are the
[stories](verified-live.md) of \`npm run test:live\`.

Recorded on ${await occasion(cluster)}.

${table(
  ["step", "result", "took"],
  steps.map(({ title, status, seconds }) => [title, status, `${seconds} s`]),
)}

${table(
  ["measured", "value", "budget"],
  figures.map((figure) => [figure.name, figure.value, judgement(figure)]),
)}

${limits}`;
  writeFileSync(join(__dirname, "..", "..", "docs", "verified.md"), page);
}
