import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { charts, images } from "../../settings/versions";
import { notesFile } from "./kubernetes";

interface Report {
  readonly testResults: readonly {
    readonly testResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
}

export interface Story {
  /** In this folder. */
  readonly file: string;
  /** Of `docs/` that is written of it. */
  readonly page: string;
  readonly title: string;
  /** What its parts are, as the head of their table. */
  readonly head: string;
}

/** Writes the story's page: what was run, when, on what and in which versions, and what could not be. */
export function record(
  { page, title, head }: Story,
  report: Report,
  figures: Readonly<Record<string, string>>,
  server: string,
): void {
  const parts = report.testResults.flatMap(({ testResults }) => testResults);
  const lines = parts.map(
    ({ title, status, duration }) => `| ${title} | ${status} | ${Math.round((duration ?? 0) / 1000)} s |`,
  );
  const notes = existsSync(notesFile()) ? `${readFileSync(notesFile(), "utf8")}\n` : "";
  writeFileSync(
    join(__dirname, "..", "..", "docs", page),
    `# ${title}

What was run on a real cluster, when, and in which versions. \`npm run test:cluster\` and \`npm run test:live\` with
\`-- --charts <folder> --record\` write these pages.

- ${new Date().toISOString().slice(0, 10)}, commit ${output("git", "rev-parse", "--short", "HEAD")}
- ${server}, one node; ${output("terraform", "version").split("\n")[0]}, providers hashicorp/kubernetes 2.38.0 and hashicorp/helm 3.1.1
- charts: ${Object.values(charts)
      .map(({ name, version }) => `${name} ${version}`)
      .join(", ")}
- images of ours: ${Object.values(images).join(", ")}

| ${head} | | took |
|---|---|---|
${lines.join("\n")}

| measured | |
|---|---|
${Object.entries(figures)
  .map(([name, value]) => `| ${name} | ${value} |`)
  .join("\n")}

${notes}${unverified}`,
  );
}

const unverified = `## What this does not show

- **Grafana** was left out: its images could not be had where this was run. Its release is checked by rendering the chart
  (\`npm run check:charts\`), its dashboards by the checks of every query and of Grafana's dashboard schema.
- **redis_exporter** ran as release 1.45.0 under the pinned release's name, **the base images** python, postgres and redis
  as Debian's packages of the same major versions, and the other programs as built from their pinned Go modules.
- The two Terraform providers and the charts were built and packaged from their public repositories at the pinned
  versions; no registry was asked.
- **Elasticsearch**, object storage, ingress controllers, OIDC, PagerDuty, Slack and e-mail were not there.
- One node: the loss of a node or zone, and the gossip of several Alertmanagers, were not tried.
`;

function output(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8" }).trim();
}
