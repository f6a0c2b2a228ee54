import { setTimeout as sleep } from "node:timers/promises";
import type { Judgement } from "../../../commands/dashboards/judgement";
import { report } from "../../../commands/dashboards/judgement-report";
import { dashboardJudgements } from "../dashboard-judgements";
import { disruptUntilNotified } from "../disrupt-until-notified";
import type { Disruption } from "../disruption";
import { disruptions, whileDisrupted } from "../disruptions";
import { note } from "../results";
import { minute } from "../steps";
import type { Story } from "./story";

/** Groups of disruptions. Each lasts long enough for Prometheus to record it. */
const groups: readonly (readonly Disruption[])[] = [
  [disruptions.missingTable, disruptions.fullRedis],
  [disruptions.lockedTable, disruptions.noWorkers],
  [disruptions.failingProbes, disruptions.noLoki],
];

export const shownEvents: Story = {
  name: "shown-events",
  proves: "queries that wait for an event have a result once it has happened",
  minutes: 18,
  needs: "deployment",
  async run() {
    let waiting = await waitingQuestions();
    const look = async () => {
      const still = new Set((await waitingQuestions()).map(key));
      waiting = waiting.filter((judgement) => still.has(key(judgement)));
    };
    // The first task fails before the queue is full. The other tasks then wait until PodLogsCut fires.
    const { failingTasks, failingJob, outOfMemory, floodedLog, newWorkers, slowRoute, fullQueue } = disruptions;
    const expected = ["ErpJobFailed", "ContainerOutOfMemory", "PodLogsCut"].map(
      (alert) => ({ alert, receiver: "chat", within: 10 * 60 }) as const,
    );
    const together = [failingTasks, failingJob, outOfMemory, floodedLog, newWorkers, slowRoute, fullQueue];
    await disruptUntilNotified(together, expected);
    await look();
    for (const group of groups) await whileDisrupted(group, () => sleep(2 * minute));
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
