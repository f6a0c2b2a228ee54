import { writeFileSync } from "node:fs";
import { refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { allDashboards, signals } from "../signals";
import { whileProxying } from "./cluster/proxied-servers";
import { type Command, start } from "./command";
import { Answers } from "./dashboards/answers";
import { judgeQueries } from "./dashboards/judge-queries";
import type { Judgement } from "./dashboards/judgement";
import { report } from "./dashboards/judgement-report";
import { environmentArgument, environmentOf } from "./environments";

const testDashboards: Command = {
  name: "test:dashboards",
  positionals: environmentArgument,
  options: {
    context: { type: "string", value: "context", help: "context of the kubeconfig; by default the environment's" },
    write: { type: "string", value: "file", help: "also writes the report to this file" },
  },
  help: `
Sends a running environment all queries of its dashboards, as Grafana does when the dashboards are opened over the last
hour. Also sends each selector of each query alone, because an \`or vector(0)\` can hide that a selector finds nothing.
Prints, for each dashboard, how many queries are answered, which ones wait for an event, which ones are empty, and how
many samples Prometheus reads for one load. Let the environment run under traffic for an hour before. The command
changes nothing in it.

\`kubectl proxy\` forwards the queries through the API server.

Exit code 0: no query is empty, except those that wait for an event. 1: a query is empty.`,
  async run(given) {
    const environment = environmentOf(given);
    const { context } = given;
    const judgements = await judgeEnvironment(
      environment,
      typeof context === "string" ? context : environment.cluster.context,
    );
    const text = report(judgements);
    console.log(text);
    if (typeof given.write === "string") writeFileSync(given.write, text);
    return judgements.some(({ outcome }) => outcome === "empty") ? 1 : 0;
  },
};

/** The outcome of every query of the environment's dashboards, on the cluster of a context. */
export async function judgeEnvironment(environment: Environment, context: string): Promise<readonly Judgement[]> {
  const content = signals(environment);
  refuseAny(content.faults);
  console.error(`querying ${allDashboards(content).length} dashboards`);
  return whileProxying(context, (servers) => judgeQueries(content, new Answers(servers)));
}

if (require.main === module) void start(testDashboards);
