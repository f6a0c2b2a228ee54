import { setTimeout as sleep } from "node:timers/promises";
import type { Judgement } from "../../../commands/dashboards/judgement";
import { report } from "../../../commands/dashboards/judgement-report";
import { dashboardJudgements } from "../dashboard-judgements";
import { type Harm, harms, whileHarmed } from "../harms";
import { note } from "../results";
import { minute } from "../steps";
import { trouble } from "../trouble";
import type { Story } from "./story";

/** Each group lasts as long as Prometheus needs to see it. */
const groups: readonly (readonly Harm[])[] = [
  [harms.missingTable, harms.fullRedis],
  [harms.lockedTable, harms.noWorkers],
  [harms.failingProbes, harms.noLoki],
];

export const shownEvents: Story = {
  name: "shown-events",
  proves: "queries that wait for an event have a result once it has happened",
  minutes: 18,
  needs: "deployment",
  async tell() {
    let waiting = await waitingQuestions();
    const look = async () => {
      const still = new Set((await waitingQuestions()).map(key));
      waiting = waiting.filter((judgement) => still.has(key(judgement)));
    };
    const { failingTasks, failingJob, outOfMemory, floodedLog, newWorkers } = harms;
    const awaited = ["ErpJobFailed", "ContainerOutOfMemory", "PodLogsCut"].map(
      (alert) => ({ alert, receiver: "chat", within: 10 * 60 }) as const,
    );
    await trouble([failingTasks, failingJob, outOfMemory, floodedLog, newWorkers], awaited);
    await look();
    for (const group of groups) await whileHarmed(group, () => sleep(2 * minute));
    await sleep(2 * minute);
    await look();
    note(waiting.length === 0 ? "Every query that waited for an event has a result.\n" : report(waiting));
    expect(waiting.map(({ question }) => question)).toEqual([]);
  },
};

async function waitingQuestions(): Promise<readonly Judgement[]> {
  return (await dashboardJudgements()).filter(({ outcome }) => outcome === "awaits an event");
}

/** Identifies a question by dashboard, panel and expression. */
function key({ question }: Judgement): string {
  return JSON.stringify([question.dashboard, question.panel, question.expression]);
}
