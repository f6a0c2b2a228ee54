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
import { environmentArgument, environmentOf } from "./environment-argument";

const testDashboards: Command = {
  name: "test:dashboards",
  positionals: environmentArgument,
  options: {
    context: { type: "string", value: "context", help: "of the kubeconfig; the environment's own unless said" },
    write: { type: "string", value: "file", help: "writes the report there too" },
  },
  help: `
Asks a running environment everything that its dashboards ask, as they do when they are opened: each selector of each
query alone, since an \`or vector(0)\` would hide that it finds nothing, and each query as a whole over the last hour.
Prints for each dashboard how many queries are answered, which wait for an event, and which are empty, and the samples
that Prometheus reads for one load of it. Give the environment an hour of traffic before; nothing in it is changed.

It asks through the API server, by \`kubectl proxy\`. Exits 1 when a query is empty that no event would fill.`,
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

/** What came of every question of the environment's dashboards, put to the cluster behind a context. */
export async function judgeDashboards(environment: Environment, context: string): Promise<readonly Judgement[]> {
  const { platform, erp, faults } = signals(environment);
  refuseAny(faults);
  return whileProxying(context, async (servers) => {
    const answers = new Answers(servers);
    const judgements: Judgement[] = [];
    for (const { model } of [...erp.dashboards, ...platform.dashboards]) {
      console.error(`asking what "${model.title}" asks`);
      const choices = await firstChoices(model, (series, label) => answers.labelValues(series, label));
      for (const question of questionsOf(model, choices)) judgements.push(await judge(question, answers));
    }
    return judgements;
  });
}

if (require.main === module) void start(testDashboards);
