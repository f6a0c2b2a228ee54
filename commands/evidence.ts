import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import { namespaces } from "../settings/addresses";
import type { Environment } from "../settings/environment";
import { Kubectl } from "./cluster/kubectl";
import { type Command, CommandError, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { type Capture, evidenceFile } from "./evidence/capture";
import { closedLabels } from "./evidence/closed-labels";
import { clusterCaptures } from "./evidence/cluster-captures";
import { isCommonMount } from "./evidence/common-mounts";
import { excerpt, type IsClosed } from "./evidence/excerpt";
import { type Captures, machineCaptures, startsHere } from "./evidence/machine-captures";
import { captureCommand, markWaiting, outdatedEvidence, outdatedFaults } from "./evidence/outdated-evidence";
import { evidenceFolder, pinnedVersions } from "./evidence/pinned-versions";
import { isVersion } from "./evidence/scraped-version";
import { clusterSecrets, exposedSecrets, type SecretPart } from "./evidence/secret-values";

const evidence: Command = {
  name: "evidence",
  positionals: environmentArgument,
  options: {
    only: { type: "string", value: "source", help: "captures only this source" },
    outdated: {
      type: "boolean",
      help: "captures the sources whose pinned version has changed, without a cluster, and lists the others",
    },
    check: { type: "boolean", help: "captures nothing; exits with 1 if a file is not from the pinned version" },
  },
  help: `
Scrapes every program of the environment again and writes the metrics to ${evidenceFolder}/. \`npm test\` compares the
catalogues with these files.

Some programs run on this machine and need no cluster: capture them with \`--only\`. They are the ERP's API and worker,
both HTTP profiles, redis_exporter, Alloy, a Prometheus with remote write, two Alertmanagers, the reloader of both,
Loki's canary, the exporters of PostgreSQL and Elasticsearch, and the probe of a public host. They need Python, Go,
Maven, OpenSSL, PostgreSQL and Redis, and redis_exporter and Alloy on PATH or in the cache.

The command scrapes the other programs through the API server, which proxies pods and a node. It also reads the
Secrets, and refuses to write a scrape that contains one of their values.

The environment's tier must be \`local\`, because the files in git contain the names of its objects, and because the
command injects faults: a task, a pod and a Job fail, and a pod floods its log. Let the environment run under traffic
for some minutes before, because counters without events prove nothing.

With \`--outdated\`, the command captures each source whose pinned version has changed, if its program runs on this
machine. A file whose program needs a cluster stays, and its header then states that it is a stand-in for the new
version. \`npm test\` accepts this. \`test:cluster\` compares the running program with its catalogue and fails, and so
does \`--check\`, which runs every night, until the file is captured.

Exit code 0: all files were written. 1: a source could not be captured, and no file was written; or with \`--check\`, a
file is not from the pinned version.`,
  async run(given) {
    const environment = environmentOf(given);
    if (environment.tier !== "local")
      throw new CommandError(
        `The tier of ${environment.name} is not local, and evidence is committed to git. Name an environment of tier local.`,
      );
    if (given.check === true) {
      refuseAny(outdatedFaults(environment, outdatedEvidence(environment)), "evidence is outdated");
      console.log("All evidence comes from the pinned versions.");
      return 0;
    }
    if (given.outdated === true) return captureOutdated(environment);
    const kubectl = new Kubectl(environment.cluster.context);
    const ofCluster = clusterCaptures(environment, kubectl);
    const captures = selectCaptures({ ...ofCluster, ...machineCaptures(environment) }, given.only);
    const asksCluster = Object.keys(captures).some((source) => source in ofCluster);
    const secrets = asksCluster ? await clusterSecrets(kubectl) : [];
    const captured = await captureAll(captures, secrets, closedLabels(environment));
    writeEvidence(captured);
    return 0;
  },
};

function writeEvidence(captured: readonly Capture[]): void {
  for (const one of captured) writeFileSync(join(evidenceFolder, `${one.source}.prom`), evidenceFile(one));
  console.log(`${captured.length} ${captured.length === 1 ? "file" : "files"} written to ${evidenceFolder}/`);
}

/**
 * Captures the outdated sources that this machine can start, and marks the files of the others.
 * @returns the exit code
 */
async function captureOutdated(environment: Environment): Promise<number> {
  const outdated = outdatedEvidence(environment);
  const here = outdated.filter(({ source, version, pin }) => startsHere(source) && !isVersion(version, pin));
  const all = machineCaptures(environment);
  const captures = here.flatMap(({ source }) => (all[source] ? [[source, all[source]] as const] : []));
  const captured = await captureAll(Object.fromEntries(captures), [], closedLabels(environment));
  const pins = pinnedVersions(environment);
  refuseAny(captured.flatMap(({ source, version }) => toolFaults(source, version, pins[source] ?? "")));
  writeEvidence(captured);
  const waiting = outdated.filter((one) => !here.includes(one));
  for (const one of waiting) markWaiting(one);
  for (const { source, version, pin } of waiting.filter((one) => !isVersion(one.version, one.pin))) {
    console.log(`${source} ${version} waits for ${pin}: ${captureCommand(environment.name, source)}`);
  }
  return 0;
}

/** The program that this machine starts may come from tools/, which pins its version separately. */
function toolFaults(source: string, version: string, pin: string): readonly Fault[] {
  if (isVersion(version, pin)) return [];
  const rule = `must be captured from the deployed version, which is ${pin}`;
  return [{ place: source, value: version, rule, remedy: "update the version of the program in tools/" }];
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
