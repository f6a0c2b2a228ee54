import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import { alertmanagerJob } from "../metrics/alertmanager/alertmanager-metrics";
import { erpWorkerJob } from "../metrics/celery/erp-worker-metrics";
import { elasticsearchJob } from "../metrics/elasticsearch/elasticsearch-metrics";
import { erpApiJob } from "../metrics/erp-api/erp-api-metrics";
import { erpPublicProbeJob } from "../metrics/erp-health-checks/erp-probe-metrics";
import { alloyJob } from "../metrics/log-agents/log-agent-jobs";
import { lokiCanaryJob } from "../metrics/loki/loki-canary-metrics";
import { postgresqlJob } from "../metrics/postgresql/postgresql-metrics";
import { alertmanagerReloaderJob, prometheusReloaderJob } from "../metrics/prometheus/config-reloader-metrics";
import { prometheusJob } from "../metrics/prometheus/prometheus-metrics";
import { redisJob } from "../metrics/redis/redis-metrics";
import { namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { subjects } from "../subjects/subjects";
import { Kubectl } from "./cluster/kubectl";
import { type Command, CommandError, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { type Capture, type Captured, evidenceFile } from "./evidence/capture";
import { captureAlertmanager } from "./evidence/capture-alertmanager";
import { captureAlloy } from "./evidence/capture-alloy";
import { captureConfigReloader } from "./evidence/capture-config-reloader";
import { captureElasticsearch } from "./evidence/capture-elasticsearch";
import { captureErp } from "./evidence/capture-erp";
import { httpProfiles } from "./evidence/capture-http-profiles";
import { captureLokiCanary } from "./evidence/capture-loki-canary";
import { capturePostgresql } from "./evidence/capture-postgresql";
import { capturePrometheus } from "./evidence/capture-prometheus";
import { capturePublicProbe } from "./evidence/capture-public-probe";
import { captureRedis } from "./evidence/capture-redis";
import { closedLabels } from "./evidence/closed-labels";
import { clusterCaptures } from "./evidence/cluster-captures";
import { isCommonMount } from "./evidence/common-mounts";
import { excerpt, type IsClosed } from "./evidence/excerpt";
import { clusterSecrets, exposedSecrets, type SecretPart } from "./evidence/secret-values";

const folder = join("metrics", "evidence");

const evidence: Command = {
  name: "evidence",
  positionals: environmentArgument,
  options: { only: { type: "string", value: "source", help: "captures only this source" } },
  help: `
Scrapes every program of the environment again and writes the metrics to ${folder}/. \`npm test\` compares the
catalogues with these files.

Some programs run on this machine and need no cluster: capture them with \`--only\`. They are the ERP's API and worker,
both HTTP profiles, redis_exporter, Alloy, a Prometheus with remote write, two Alertmanagers, the reloader of both,
Loki's canary, the exporters of PostgreSQL and Elasticsearch, and the probe of a public host. They need Python, Go,
Maven, OpenSSL, PostgreSQL and Redis, and redis_exporter and Alloy on PATH or in the cache.

The other programs are scraped through the API server, by the proxies of pods and of a node. The command also reads the
Secrets, and writes no scrape that contains one of their values.

The environment's tier must be \`local\`: the files in git contain the names of its objects, and the command makes a
task, a pod and a Job fail, and a pod flood its log. Let the environment run under traffic for some minutes before,
because counters without events prove nothing.

Exit code 0: everything was written. 1: something could not be captured, and nothing was written.`,
  async run(given) {
    const environment = environmentOf(given);
    if (environment.tier !== "local")
      throw new CommandError(
        `The tier of ${environment.name} is not local, and evidence is committed to git. Name an environment of tier local.`,
      );
    const kubectl = new Kubectl(environment.cluster.context);
    const ofCluster = clusterCaptures(environment, kubectl);
    const captures = selectCaptures({ ...ofCluster, ...localCaptures(environment) }, given.only);
    const asksCluster = Object.keys(captures).some((source) => source in ofCluster);
    const secrets = asksCluster ? await clusterSecrets(kubectl) : [];
    const captured = await captureAll(captures, secrets, closedLabels(environment));
    for (const one of captured) writeFileSync(join(folder, `${one.source}.prom`), evidenceFile(one));
    console.log(`${captured.length} written to ${folder}/`);
    return 0;
  },
};

type Captures = Readonly<Record<string, () => Promise<Capture>>>;

/** Captures of the programs that this command runs on this machine. They need no cluster and read no Secret. */
const machineCaptures: Readonly<Record<string, (captured: Captured, environment: Environment) => Promise<Capture>>> = {
  [alloyJob.name]: captureAlloy,
  [redisJob.name]: captureRedis,
  [prometheusJob.name]: capturePrometheus,
  [alertmanagerJob.name]: captureAlertmanager,
  [prometheusReloaderJob.name]: captureConfigReloader,
  [alertmanagerReloaderJob.name]: captureConfigReloader,
  [lokiCanaryJob.name]: captureLokiCanary,
  [erpApiJob.name]: captureErp,
  [erpWorkerJob.name]: captureErp,
  [postgresqlJob.name]: capturePostgresql,
  [elasticsearchJob.name]: captureElasticsearch,
  [erpPublicProbeJob.name]: capturePublicProbe,
};

function localCaptures(environment: Environment): Captures {
  const captures = subjects
    .flatMap(({ evidence = [] }) => evidence)
    .flatMap(({ source, version }) => {
      const capture = machineCaptures[source];
      return capture ? [[source, () => capture({ source, version: version(environment) }, environment)] as const] : [];
    });
  return { ...httpProfiles, ...Object.fromEntries(captures) };
}

function selectCaptures(captures: Captures, only: string | boolean | undefined): Captures {
  if (typeof only !== "string") return captures;
  const capture = captures[only];
  if (!capture)
    throw new CommandError(`There is no source \`${only}\`. The sources are: ${Object.keys(captures).join(", ")}.`);
  return { [only]: capture };
}

/**
 * Runs the captures one after the other: a scrape of the Celery exporter takes seconds, and the printed order is fixed.
 * @throws {Faults} with every source that could not be captured.
 */
async function captureAll(captures: Captures, secrets: readonly SecretPart[], isClosed: IsClosed): Promise<Capture[]> {
  const faults: Fault[] = [];
  const captured: Capture[] = [];
  for (const [source, capture] of Object.entries(captures)) {
    try {
      const one = shortenCapture(await capture(), isClosed);
      faults.push(...secretFaults(one, secrets));
      captured.push(one);
      console.log(`${source} ${one.version}${one.standIn ? `: other version, ${one.standIn}` : ""}`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      faults.push({ place: source, rule: "must answer", remedy: error.message });
    }
  }
  refuseAny(faults);
  return captured;
}

const ours: ReadonlySet<string | undefined> = new Set([...Object.values(namespaces), undefined]);

/** Removes series of other namespaces, and of an empty namespace, which belong to no pod and which Prometheus drops. */
function shortenCapture(capture: Capture, isClosed: IsClosed): Capture {
  const wanted = (labels: Readonly<Record<string, string>>) => ours.has(labels.namespace) && isCommonMount(labels);
  return { ...capture, text: excerpt(capture.text, { wanted, isClosed }) };
}

function secretFaults(capture: Capture, secrets: readonly SecretPart[]): Fault[] {
  const rule = "must not contain the value of a Secret";
  const remedy = "find the label that shows it, and configure the program so that it does not";
  return exposedSecrets(evidenceFile(capture), secrets).map((value) => ({
    place: capture.source,
    value,
    rule,
    remedy,
  }));
}

if (require.main === module) void start(evidence);
