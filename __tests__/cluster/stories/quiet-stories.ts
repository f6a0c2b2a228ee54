import { setTimeout as sleep } from "node:timers/promises";
import { report } from "../../../commands/dashboards/judgement-report";
import { dashboardJudgements } from "../dashboard-judgements";
import { eventually, query } from "../kubernetes";
import { streams } from "../loki";
import { figureWithin, note } from "../results";
import { minute } from "../steps";
import { notifiedAlerts } from "../webhook";
import type { Story } from "./story";

/** Stories without disruptions. */
export const quietStories: readonly Story[] = [
  {
    name: "calm",
    proves: "in a healthy system only the heartbeat fires for five minutes, and it arrives",
    minutes: 6,
    needs: "deployment",
    async run() {
      await eventually("the heartbeat", 300, () => notifiedAlerts("heartbeat", "firing").length > 0);
      // Alerts of earlier stories may still be firing.
      await eventually("a moment without an alert", 45 * 60, () => firingAlerts().length === 0);
      const before = [notifiedAlerts("pager", "firing"), notifiedAlerts("chat", "firing")];
      const beats = notifiedAlerts("heartbeat", "firing").length;
      await sleep(5 * minute);
      expect(firingAlerts()).toEqual([]);
      expect(notifiedAlerts("heartbeat", "firing").length - beats).toBeGreaterThanOrEqual(4);
      expect([notifiedAlerts("pager", "firing"), notifiedAlerts("chat", "firing")]).toEqual(before);
      const seconds = Number(query("sum(prometheus_rule_group_last_duration_seconds)")[0]?.value[1]);
      figureWithin("one evaluation of every rule", Math.round(seconds * 1000), "ms", 1000);
    },
  },
  {
    name: "dashboards",
    proves: "every query of every dashboard has a result, except those that wait for an event",
    minutes: 1,
    needs: "deployment",
    async run() {
      // Shortly after a deployment, queries over an hour have no result yet.
      const end = Date.now() + 10 * minute;
      let found = await dashboardJudgements();
      while (Date.now() < end && found.some(({ outcome }) => outcome === "empty")) found = await dashboardJudgements();
      note(report(found));
      expect(found.filter(({ outcome }) => outcome === "empty").map(({ missing }) => missing)).toEqual([]);
    },
  },
  {
    name: "request-id",
    proves: "the request id of one order is in the logs of the API and of the worker",
    minutes: 1,
    needs: "deployment",
    async run() {
      const ofWorker = '{namespace="erp", app="erp-worker"} | request_id != ""';
      const id = await eventually("a task that a request began", 180, () => streams(ofWorker)[0]?.request_id);
      const apps = streams(`{namespace="erp"} | request_id="${id}"`).map(({ app }) => app);
      expect([...new Set(apps)].sort()).toEqual(["erp-api", "erp-worker"]);
    },
  },
];

function firingAlerts(): string[] {
  const firing = query('ALERTS{alertstate="firing",severity!~"heartbeat|info"}');
  return firing.map(({ metric }) => metric.alertname ?? "");
}
