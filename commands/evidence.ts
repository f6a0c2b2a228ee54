import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { namespaces } from "../config/addresses";
import { type Fault, refuseAny } from "../faults";
import { jobs } from "../metrics/jobs";
import { Kubectl } from "./cluster/kubectl";
import { type Command, Stopped, start } from "./command";
import { environmentArgument, environmentOf } from "./environment-argument";
import { alertmanagerCluster } from "./evidence/alertmanager";
import { type Capture, evidenceFile } from "./evidence/capture";
import { clusterCaptures } from "./evidence/cluster-captures";
import { elasticsearchExporter } from "./evidence/elasticsearch";
import { excerpt } from "./evidence/excerpt";
import { httpProfiles } from "./evidence/http-profiles";
import { canaryOfLoki } from "./evidence/loki-canary";
import { prometheusSendingOn } from "./evidence/prometheus";
import { publicProbe } from "./evidence/public-probe";
import { givenAway, type Held, heldSecrets } from "./evidence/secrets";

const folder = join("metrics", "evidence");

const evidence: Command = {
  name: "evidence",
  positionals: environmentArgument,
  options: { only: { type: "string", value: "source", help: "captures this one alone" } },
  help: `
Scrapes every program of the environment once more and writes what it said to ${folder}/, which \`npm test\` holds the
catalogues to. It asks through the API server: proxies of pods and of a node, and Secrets, so that no scrape is kept that
gives one away. Both HTTP profiles, a Prometheus that sends on, two Alertmanagers, Loki's canary, the Elasticsearch
exporter and the probe of a public host run on this machine for it; that needs Python, Go and OpenSSL, and with
\`--only\` no cluster.

The environment's tier must be \`local\`: names are kept as they are and stand in git, a task, a pod and a Job
are made to fail, and a pod floods its log. Give its traffic some minutes before; a counter without events says nothing.

Exit code 0: all was written. 1: something could not be captured, and nothing was written.`,
  async run(given) {
    const environment = environmentOf(given);
    if (environment.tier !== "local")
      throw new Stopped("Evidence stands in git: take an environment of the tier local.");
    const kubectl = new Kubectl(environment.cluster.context);
    const ofCluster = clusterCaptures(environment, kubectl);
    const captures = chosen({ ...ofCluster, ...capturedHere }, given.only);
    const asksCluster = Object.keys(captures).some((source) => source in ofCluster);
    const captured = await captureAll(captures, asksCluster ? await heldSecrets(kubectl) : []);
    for (const one of captured) writeFileSync(join(folder, `${one.source}.prom`), evidenceFile(one));
    console.log(`${captured.length} written to ${folder}/`);
    return 0;
  },
};

type Captures = Readonly<Record<string, () => Promise<Capture>>>;

/** What runs on this machine for it, and knows no Secret of the environment. */
const capturedHere: Captures = {
  ...httpProfiles,
  [jobs.prometheus.name]: () => prometheusSendingOn(jobs.prometheus.name),
  [jobs.alertmanager.name]: () => alertmanagerCluster(jobs.alertmanager.name),
  [jobs.lokiCanary.name]: () => canaryOfLoki(jobs.lokiCanary.name),
  [jobs.elasticsearchExporter.name]: () => elasticsearchExporter(jobs.elasticsearchExporter.name),
  [jobs.erpPublicProbe.name]: () => publicProbe(jobs.erpPublicProbe.name),
};

function chosen(captures: Captures, only: string | boolean | undefined): Captures {
  if (typeof only !== "string") return captures;
  const capture = captures[only];
  if (!capture) throw new Stopped(`There is no source \`${only}\`. There are: ${Object.keys(captures).join(", ")}.`);
  return { [only]: capture };
}

/**
 * One after the other: a scrape of the Celery exporter takes seconds, and the order of what is printed stays.
 * @throws {Faults} with every source that could not be captured.
 */
async function captureAll(captures: Captures, held: readonly Held[]): Promise<Capture[]> {
  const faults: Fault[] = [];
  const captured: Capture[] = [];
  for (const [source, capture] of Object.entries(captures)) {
    try {
      const one = shortened(await capture());
      faults.push(...secretFaults(one, held));
      captured.push(one);
      console.log(`${source} ${one.version}${one.standIn ? `: stands in, ${one.standIn}` : ""}`);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      faults.push({ place: source, rule: "must answer", remedy: error.message });
    }
  }
  refuseAny(faults);
  return captured;
}

const ours: ReadonlySet<string | undefined> = new Set([...Object.values(namespaces), undefined]);

/** What speaks of other people's namespaces is none of our business; what has an empty one is no pod, and not kept by Prometheus. */
function shortened(capture: Capture): Capture {
  return { ...capture, text: excerpt(capture.text, ({ namespace }) => ours.has(namespace)) };
}

function secretFaults(capture: Capture, held: readonly Held[]): Fault[] {
  const rule = "must not hold the value of a Secret";
  const remedy = "find the label that shows it, and configure the program so that it does not";
  return givenAway(evidenceFile(capture), held).map((value) => ({ place: capture.source, value, rule, remedy }));
}

if (require.main === module) void start(evidence);
