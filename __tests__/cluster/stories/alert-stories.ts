import { setTimeout as sleep } from "node:timers/promises";
import { clientPod, harms, whileHarmed } from "../harms";
import { query } from "../kubernetes";
import { restarts } from "../resources";
import { figure } from "../results";
import { minute } from "../steps";
import { trouble } from "../trouble";
import { notified } from "../webhook";
import type { Story } from "./story";

/** Each injects a fault, and compares the notifications with the expected ones. */
export const alertStories: readonly Story[] = [
  {
    name: "unknown-paths",
    proves: "a flood of requests for paths that do not exist pages nobody",
    minutes: 4,
    needs: "deployment",
    async tell() {
      const before = notified("pager", "firing");
      await whileHarmed([harms.unknownPaths], async () => {
        await sleep(3 * minute);
        expect(query('sum(increase(starlette_responses_total{status_code="404"}[5m])) > 2000')).toHaveLength(1);
        expect(notified("pager", "firing")).toEqual(before);
      });
    },
  },
  {
    name: "failing-requests",
    proves: "when half of the requests fail, only the alert of the error budget pages",
    minutes: 2,
    needs: "deployment",
    async tell() {
      const alert = "ErpErrorBudgetBurn";
      const paged = await trouble([harms.missingTable], [{ alert, receiver: "pager", within: 240 }]);
      expect(paged).toEqual([alert]);
    },
  },
  {
    name: "outage",
    proves: "a total outage pages, and only one alert does",
    minutes: 3,
    needs: "deployment",
    async tell() {
      const alert = "ErpDown";
      expect(await trouble([harms.noApi], [{ alert, receiver: "pager", within: 90 }])).toEqual([alert]);
    },
  },
  {
    name: "postgresql-down",
    proves: "when PostgreSQL is stopped, its own alert pages, and its clients do not restart",
    minutes: 5,
    needs: "deployment",
    async tell() {
      // It takes up to a minute to stop: clients that are connected are served until then.
      const dependents = ["erp-api", "erp-worker"];
      const before = dependents.map(restarts);
      const awaited = [{ alert: "PostgresqlDown", receiver: "pager", within: 180 }] as const;
      const paged = await trouble([harms.noPostgresql], awaited, 90_000);
      figure("paged while PostgreSQL was down", paged.join(", "));
      expect(dependents.map(restarts)).toEqual(before);
    },
  },
  {
    name: "chat-alerts",
    proves: "a slow route, a full queue and secrets in the log notify the chat, and page nobody",
    minutes: 13,
    needs: "deployment",
    async tell() {
      const today = `http://erp-api.erp.svc:8000/api/v1/reports/${new Date().toISOString().slice(0, 10)}`;
      const readers = clientPod("load", today, "180", "0.2");
      const awaited = ["ErpRouteSlow", "CeleryQueueLong", "ErpSecretsInLogs"].map(
        (alert) => ({ alert, receiver: "chat", within: 14 * 60 }) as const,
      );
      const done = [readers, harms.slowRoute, harms.fullQueue, harms.leakedSecrets];
      expect(await trouble(done, awaited)).toEqual([]);
    },
  },
  {
    name: "no-workers",
    proves: "killed workers page, and only one alert does",
    minutes: 3,
    needs: "deployment",
    async tell() {
      const alert = "CeleryNoWorkers";
      expect(await trouble([harms.noWorkers], [{ alert, receiver: "pager", within: 300 }])).toEqual([alert]);
    },
  },
  {
    name: "redis-full",
    proves: "a Redis that refuses writes pages, and only one alert does",
    minutes: 4,
    needs: "deployment",
    async tell() {
      const alert = "RedisRefusesWrites";
      expect(await trouble([harms.fullRedis], [{ alert, receiver: "pager", within: 300 }])).toEqual([alert]);
    },
  },
  {
    name: "locked-table",
    proves: "a locked table, which slows its routes, notifies the chat of its cause",
    minutes: 4,
    needs: "deployment",
    async tell() {
      await trouble([harms.lockedTable], [{ alert: "PostgresqlLockWaits", receiver: "chat", within: 300 }]);
    },
  },
];
