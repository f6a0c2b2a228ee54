import { Kubectl } from "../../commands/cluster/kubectl";
import { createMark, deleteMark, markStory, readMark } from "./deployed-mark";
import { undoAll } from "./disruptions";
import { hasElasticsearch, startElasticsearch } from "./elasticsearch-server";
import { act, type ChildResult, context, eventually, kubectl, query } from "./kubernetes";
import { startWebhook } from "./webhook";

const cluster = new Kubectl(context);

/**
 * Attempts to deploy to an empty cluster. The attempt stops at the first missing Secret that only a user can create.
 */
export async function attemptFirstDeployment(): Promise<ChildResult> {
  await createMark(cluster, { synth: process.env.CLUSTER_SYNTH ?? "", commit: process.env.CLUSTER_COMMIT ?? "" });
  const attempt = await act("deploy");
  startWebhook();
  return attempt;
}

/**
 * Deploys `local`, or restores it after changes.
 * @throws {Error} with the last lines of the output, when the deployment fails.
 */
export function deployLocal(): Promise<void> {
  return deploy();
}

/**
 * Deploys the environment that recordings are captured from. Its Elasticsearch needs the namespaces of `local`.
 * @throws {Error} with the last lines of the output, when the deployment fails.
 */
export async function deployRecorded(): Promise<void> {
  if (!hasElasticsearch()) {
    await deployLocal();
    await startElasticsearch();
  }
  await deploy("--recorded");
}

async function deploy(...flags: string[]): Promise<void> {
  const { code, output } = await act("deploy", ...flags);
  if (code !== 0) throw new Error(`the deployment failed:\n${output.split("\n").slice(-30).join("\n")}`);
}

/** Deploys to an empty cluster, or continues on an existing deployment. */
export async function deployOrContinue(deploy: () => Promise<void> = deployLocal): Promise<void> {
  const mark = await readMark(cluster);
  if (mark === undefined) {
    await attemptFirstDeployment();
  } else {
    // The first deployment may have been interrupted before it created the namespaces.
    if (kubectl("get", "namespace", "monitoring", "--ignore-not-found") === "") await act("deploy");
    startWebhook();
    if (mark.story !== undefined) {
      console.log(`"${mark.story}" was interrupted: undoing its disruptions`);
      undoAll();
    }
  }
  await deploy();
  await markStory(cluster, undefined);
  await eventually("traffic", 300, () => query("sum(erp:http_requests:increase1m) > 60").length > 0);
}

/**
 * Runs a story on the deployment, and waits until the ERP serves again. Meanwhile the deployment is marked with the
 * story: if this process is interrupted, the next run undoes the disruptions.
 * @throws {Error} the first error.
 */
export async function onDeployment(story: string, work: () => Promise<void>): Promise<void> {
  await markStory(cluster, story);
  try {
    await work();
  } catch (error) {
    await waitUntilServing().catch((outage) => console.error(`the ERP does not serve again: ${outage}`));
    throw error;
  }
  await waitUntilServing();
}

async function waitUntilServing(): Promise<void> {
  for (const workload of ["deployment/erp-api", "deployment/erp-worker"]) {
    kubectl("-n", "erp", "rollout", "status", workload, "--timeout=180s");
  }
  await eventually("an ERP that serves", 180, () => query('probe_success{job="erp-probe"} == 1')[0]);
  await markStory(cluster, undefined);
}

/** Destroys everything that the cluster tests have deployed. */
export async function destroyLocal(): Promise<ChildResult> {
  const ended = await act("destroy");
  if (ended.code === 0) await deleteMark(cluster);
  return ended;
}
