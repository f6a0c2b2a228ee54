import { setTimeout as sleep } from "node:timers/promises";
import { report } from "../../../commands/dashboards/judgement-report";
import { dashboardJudgements } from "../dashboard-judgements";
import { eventually, query } from "../kubernetes";
import { streams } from "../loki";
import { figureWithin, note } from "../results";
import { minute } from "../steps";
import { notified } from "../webhook";
import type { Story } from "./story";

/** What is true while nobody does any harm. */
export const quietStories: readonly Story[] = [
  {
    name: "calm",
    proves: "while all is well, nothing fires for five minutes except the heartbeat, which arrives",
    minutes: 6,
    needs: "deployment",
    async tell() {
      await eventually("the heartbeat", 300, () => notified("heartbeat", "firing").length > 0);
      // Stories before this one may have done harm.
      await eventually("a moment without an alert", 45 * 60, () => firingAlerts().length === 0);
      const before = [notified("pager", "firing"), notified("chat", "firing")];
      await sleep(5 * minute);
      expect(firingAlerts()).toEqual([]);
      expect([notified("pager", "firing"), notified("chat", "firing")]).toEqual(before);
      const seconds = Number(query("sum(prometheus_rule_group_last_duration_seconds)")[0]?.value[1]);
      figureWithin("one evaluation of every rule", Math.round(seconds * 1000), "ms", 1000);
    },
  },
  {
    name: "dashboards",
    proves: "every query of every dashboard has a result, except those that wait for an event",
    minutes: 1,
    needs: "deployment",
    async tell() {
      // A deployment that is minutes old has no hour to show yet.
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
    async tell() {
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
