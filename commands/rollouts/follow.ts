import { setTimeout as sleep } from "node:timers/promises";
import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import { operatorRollouts } from "./operator-resources";
import { type Listed, type Rollout, rollouts } from "./rollouts";
import { troubleReport } from "./trouble-report";

/** Default time limit for all workloads together. */
export const defaultMinutes = 10;

const pollSeconds = 3;
const reminderSeconds = 30;

/**
 * Waits until all workloads of the namespaces run their newest version, and prints their progress.
 * @throws {CommandError} when a workload cannot become ready, with the reports of its pods, or when the time limit is
 * reached.
 */
export async function followRollout(
  kubectl: Kubectl,
  namespaces: readonly string[],
  minutes = defaultMinutes,
): Promise<void> {
  const started = Date.now();
  const elapsedSeconds = () => Math.round((Date.now() - started) / 1000);
  const printed = new Map<string, string>();
  const stuckAmong = patienceTracker();
  let lastPrinted = 0;
  const print = (line: string) => {
    lastPrinted = elapsedSeconds();
    console.log(`${String(lastPrinted).padStart(4)} s  ${line}`);
  };
  for (;;) {
    const current = await currentRollouts(kubectl, namespaces);
    const waiting = current.filter(({ progress }) => !progress.done);
    for (const line of changedLines(current, printed)) print(line);
    if (stuckAmong(waiting, elapsedSeconds()).length > 0)
      throw new CommandError(await report(kubectl, waiting.filter(isTroubled)));
    if (current.length === 0)
      throw new CommandError(
        `Nothing is deployed in the namespaces ${namespaces.join(", ")}. Deploy first: npm run deploy -- <environment>`,
      );
    if (waiting.length === 0) return console.log(`\n${current.length} workloads run their newest version.`);
    if (elapsedSeconds() >= minutes * 60) {
      throw new CommandError(
        `${await report(kubectl, waiting)}\n\nNot all workloads are ready after ${minutes} minutes. To wait longer: npm run rollout -- <environment>`,
      );
    }
    if (elapsedSeconds() - lastPrinted >= reminderSeconds) print(`waiting for ${waiting.map(title).join(", ")}`);
    await sleep(pollSeconds * 1000);
  }
}

/**
 * Lists the workloads. Tries several times, because an API server may be unavailable for a moment, as during an
 * upgrade.
 */
async function currentRollouts(kubectl: Kubectl, namespaces: readonly string[], tries = 5): Promise<Rollout[]> {
  try {
    return await readRollouts(kubectl, namespaces);
  } catch (error) {
    if (tries === 1) throw error;
    await sleep(pollSeconds * 1000);
    return currentRollouts(kubectl, namespaces, tries - 1);
  }
}

/** The progress of every workload in the namespaces. */
export async function readRollouts(kubectl: Kubectl, namespaces: readonly string[]): Promise<Rollout[]> {
  const [listed, ofOperator] = await Promise.all([
    listWorkloads(kubectl, namespaces),
    operatorRollouts(kubectl, namespaces),
  ]);
  return [...rollouts(listed), ...ofOperator];
}

/** The workloads in the namespaces, with their ReplicaSets and pods. */
export async function listWorkloads(kubectl: Kubectl, namespaces: readonly string[]): Promise<readonly Listed[]> {
  const kinds = "deployments,statefulsets,daemonsets,jobs,replicasets,pods";
  return (await Promise.all(namespaces.map((name) => kubectl.list<Listed>(kinds, "--namespace", name)))).flat();
}

/** A line for each workload whose status has changed. A workload that was ready from the start has none. */
function* changedLines(current: readonly Rollout[], printed: Map<string, string>) {
  for (const rollout of current) {
    const first = !printed.has(title(rollout));
    const status = rollout.progress.done
      ? "ready"
      : [rollout.progress.text, ...rollout.troubled.map(troubleText)].join("; ");
    if (printed.get(title(rollout)) !== status && !(first && rollout.progress.done))
      yield `${title(rollout)}: ${status}`;
    printed.set(title(rollout), status);
  }
}

function troubleText({ pod, trouble }: Rollout["troubled"][number]): string {
  return `${pod} ${trouble.reason}`;
}

/** Measures for how long each pod has been in trouble. For a pod that recovers, the time starts again. */
function patienceTracker() {
  let since = new Map<string, number>();
  return (current: readonly Rollout[], now: number): Rollout[] => {
    const before = since;
    since = new Map();
    return current.filter(({ namespace, progress, troubled }) => {
      const lasting = troubled.filter(({ pod, trouble }) => {
        const key = `${namespace}/${pod}`;
        const start = before.get(key) ?? now;
        since.set(key, start);
        return now - start >= trouble.patience;
      });
      return progress.givenUp !== undefined || lasting.length > 0;
    });
  };
}

async function report(kubectl: Kubectl, stuck: readonly Rollout[]): Promise<string> {
  return (await Promise.all(stuck.map((rollout) => troubleReport(kubectl, rollout)))).join("\n");
}

function isTroubled({ progress, troubled }: Rollout): boolean {
  return progress.givenUp !== undefined || troubled.length > 0;
}

function title({ namespace, name }: Rollout): string {
  return `${namespace} ${name}`;
}
