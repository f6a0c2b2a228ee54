import { setTimeout as sleep } from "node:timers/promises";
import type { Kubectl } from "../cluster/kubectl";
import { CommandError } from "../command";
import { operatorRollouts } from "./operator-resources";
import { type Listed, type Rollout, rollouts } from "./rollouts";
import { troubleReport } from "./trouble-report";

/** How long everything may take. */
export const defaultMinutes = 10;

const pollSeconds = 3;
const reminderSeconds = 30;

/**
 * Follows every workload of the namespaces until all run their newest version, and says what changes meanwhile.
 * @throws {CommandError} when one cannot come up, with what its pods say, or when the time is over.
 */
export async function followRollout(
  kubectl: Kubectl,
  namespaces: readonly string[],
  minutes = defaultMinutes,
): Promise<void> {
  const started = Date.now();
  const elapsedSeconds = () => Math.round((Date.now() - started) / 1000);
  const printed = new Map<string, string>();
  const lostAmong = patienceTracker();
  let lastWord = 0;
  const print = (line: string) => {
    lastWord = elapsedSeconds();
    console.log(`${String(lastWord).padStart(4)} s  ${line}`);
  };
  for (;;) {
    const current = await currentRollouts(kubectl, namespaces);
    const waiting = current.filter(({ progress }) => !progress.done);
    for (const line of changedLines(current, printed)) print(line);
    if (lostAmong(waiting, elapsedSeconds()).length > 0)
      throw new CommandError(await report(kubectl, waiting.filter(isTroubled)));
    if (current.length === 0) throw new CommandError(`Nothing is deployed in the namespaces ${namespaces.join(", ")}.`);
    if (waiting.length === 0) return console.log(`\n${current.length} workloads run their newest version.`);
    if (elapsedSeconds() >= minutes * 60) {
      throw new CommandError(`${await report(kubectl, waiting)}\n\nNot all up after ${minutes} minutes.`);
    }
    if (elapsedSeconds() - lastWord >= reminderSeconds) print(`waiting for ${waiting.map(title).join(", ")}`);
    await sleep(pollSeconds * 1000);
  }
}

/** An API server may be away for a moment, as when a managed cluster is upgraded. */
async function currentRollouts(kubectl: Kubectl, namespaces: readonly string[], tries = 5): Promise<Rollout[]> {
  const kinds = "deployments,statefulsets,daemonsets,jobs,replicasets,pods";
  try {
    const lists = await Promise.all(namespaces.map((name) => kubectl.list<Listed>(kinds, "--namespace", name)));
    return [...rollouts(lists.flat()), ...(await operatorRollouts(kubectl, namespaces))];
  } catch (error) {
    if (tries === 1) throw error;
    await sleep(pollSeconds * 1000);
    return currentRollouts(kubectl, namespaces, tries - 1);
  }
}

/** Each workload's words when they differ from the last ones; of what was up from the start, nothing. */
function* changedLines(current: readonly Rollout[], printed: Map<string, string>) {
  for (const rollout of current) {
    const first = !printed.has(title(rollout));
    const words = rollout.progress.done
      ? "up"
      : [rollout.progress.text, ...rollout.troubled.map(troubleText)].join("; ");
    if (printed.get(title(rollout)) !== words && !(first && rollout.progress.done)) yield `${title(rollout)}: ${words}`;
    printed.set(title(rollout), words);
  }
}

function troubleText({ pod, trouble }: Rollout["troubled"][number]): string {
  return `${pod} ${trouble.reason}`;
}

/** Counts for how long each pod has been in trouble; one that recovers starts anew. */
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
