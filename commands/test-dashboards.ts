import { writeFileSync } from "node:fs";
import { refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { signals } from "../signals";
import { whileProxying } from "./cluster/proxied-servers";
import { type Command, start } from "./command";
import { Answers } from "./dashboards/answers";
import { firstChoices } from "./dashboards/choices";
import { type Judgement, judge } from "./dashboards/judgement";
import { report } from "./dashboards/judgement-report";
import { questionsOf } from "./dashboards/questions";
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
many samples Prometheus reads for one load. Let the environment run under traffic for an hour before. Nothing in it is
changed.

The queries go through the API server, by \`kubectl proxy\`.

Exit code 0: no query is empty, except those that wait for an event. 1: a query is empty.`,
  async run(given) {
    const environment = environmentOf(given);
    const { context } = given;
    const judgements = await judgeDashboards(
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
export async function judgeDashboards(environment: Environment, context: string): Promise<readonly Judgement[]> {
  const { platform, erp, faults } = signals(environment);
  refuseAny(faults);
  return whileProxying(context, async (servers) => {
    const answers = new Answers(servers);
    const judgements: Judgement[] = [];
    for (const { model } of [...erp.dashboards, ...platform.dashboards]) {
      console.error(`querying "${model.title}"`);
      const choices = await firstChoices(model, (series, label) => answers.labelValues(series, label));
      for (const question of questionsOf(model, choices)) judgements.push(await judge(question, answers));
    }
    return judgements;
  });
}

if (require.main === module) void start(testDashboards);
