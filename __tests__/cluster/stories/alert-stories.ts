import { setTimeout as sleep } from "node:timers/promises";
import { disruptUntilNotified } from "../disrupt-until-notified";
import { disruptions, reportReaders, whileDisrupted } from "../disruptions";
import { query } from "../kubernetes";
import { restarts } from "../resources";
import { figure } from "../results";
import { minute } from "../steps";
import { notifiedAlerts } from "../webhook";
import type { Story } from "./story";

/** Each story disrupts the ERP, and compares the notifications with the expected ones. */
export const alertStories: readonly Story[] = [
  {
    name: "unknown-paths",
    fault: "a flood of requests for paths that do not exist",
    proves: "a flood of requests for paths that do not exist sends no page",
    minutes: 4,
    needs: "deployment",
    async run() {
      const before = notifiedAlerts("pager", "firing");
      await whileDisrupted([disruptions.unknownPaths], async () => {
        await sleep(3 * minute);
        expect(query('sum(increase(starlette_responses_total{status_code="404"}[5m])) > 2000')).toHaveLength(1);
        expect(notifiedAlerts("pager", "firing")).toEqual(before);
      });
    },
  },
  {
    name: "failing-requests",
    fault: "half of the requests fail",
    proves: "when half of the requests fail, only the alert of the error budget pages",
    minutes: 2,
    needs: "deployment",
    async run() {
      const alert = "ErpErrorBudgetBurn";
      const paged = await disruptUntilNotified([disruptions.missingTable], [{ alert, receiver: "pager", within: 240 }]);
      expect(paged).toEqual([alert]);
    },
  },
  {
    name: "outage",
    fault: "the ERP has no pod of the API",
    proves: "a total outage pages with exactly one alert",
    minutes: 3,
    needs: "deployment",
    async run() {
      const alert = "ErpDown";
      expect(await disruptUntilNotified([disruptions.noApi], [{ alert, receiver: "pager", within: 90 }])).toEqual([
        alert,
      ]);
    },
  },
  {
    name: "postgresql-down",
    fault: "PostgreSQL is stopped",
    proves: "when PostgreSQL is stopped, its own alert pages, and its clients do not restart",
    minutes: 5,
    needs: "deployment",
    async run() {
      // PostgreSQL takes up to a minute to stop. Until then it serves connected clients.
      const dependents = ["erp-api", "erp-worker"];
      const before = dependents.map(restarts);
      const expected = [{ alert: "PostgresqlDown", receiver: "pager", within: 180 }] as const;
      const paged = await disruptUntilNotified([disruptions.noPostgresql], expected, 90_000);
      figure("pages while PostgreSQL was down", paged.join(", "));
      expect(dependents.map(restarts)).toEqual(before);
    },
  },
  {
    name: "chat-alerts",
    fault: "a route is slow, a queue is full, and secrets are logged",
    proves: "a slow route, a full queue and secrets in the log notify the chat and send no page",
    minutes: 13,
    needs: "deployment",
    async run() {
      const expected = ["ErpRouteSlow", "CeleryQueueLong", "ErpSecretsInLogs"].map(
        (alert) => ({ alert, receiver: "chat", within: 14 * 60 }) as const,
      );
      const active = [reportReaders(), disruptions.slowRoute, disruptions.fullQueue, disruptions.leakedSecrets];
      expect(await disruptUntilNotified(active, expected)).toEqual([]);
    },
  },
  {
    name: "no-workers",
    fault: "the ERP has no worker",
    proves: "the loss of all workers pages with exactly one alert",
    minutes: 3,
    needs: "deployment",
    async run() {
      const alert = "CeleryNoWorkers";
      expect(await disruptUntilNotified([disruptions.noWorkers], [{ alert, receiver: "pager", within: 300 }])).toEqual([
        alert,
      ]);
    },
  },
  {
    name: "redis-full",
    fault: "Redis refuses writes, because its memory is full",
    proves: "a Redis that refuses writes pages with exactly one alert",
    minutes: 4,
    needs: "deployment",
    async run() {
      const alert = "RedisRefusesWrites";
      expect(await disruptUntilNotified([disruptions.fullRedis], [{ alert, receiver: "pager", within: 300 }])).toEqual([
        alert,
      ]);
    },
  },
  {
    name: "locked-table",
    fault: "a table is locked",
    proves: "a locked table, which slows its routes, notifies the chat of the lock",
    minutes: 4,
    needs: "deployment",
    async run() {
      await disruptUntilNotified(
        [disruptions.lockedTable],
        [{ alert: "PostgresqlLockWaits", receiver: "chat", within: 300 }],
      );
    },
  },
];
