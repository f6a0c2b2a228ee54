import { setTimeout as sleep } from "node:timers/promises";
import type { Judgement } from "../../commands/dashboards/judgement";
import { report } from "../../commands/dashboards/judgement-report";
import { judgeDashboards } from "../../commands/test-dashboards";
import { testEnvironment } from "./cluster-environment";
import { harms } from "./harms";
import { measureKeptSeries } from "./kept-series";
import { act, context, eventually, figure, note, query, startPod } from "./kubernetes";
import { restarts } from "./resources";
import { episode, minute, part } from "./story";
import { trouble } from "./trouble";
import { notified, program, startWebhook, unresolved } from "./webhook";

const traffic = { "app.kubernetes.io/name": "erp-traffic" };

/** Questions of the dashboards that nothing has answered yet, by dashboard, panel and expression. */
const unanswered = new Map<string, Judgement>();

async function judgements(): Promise<readonly Judgement[]> {
  return judgeDashboards(testEnvironment({ context, charts: "" }), context);
}

const key = ({ question }: Judgement) => JSON.stringify([question.dashboard, question.panel, question.expression]);

/** Asks again what was unanswered. */
async function look(): Promise<void> {
  for (const judgement of await judgements()) {
    if (judgement.outcome === "answered") unanswered.delete(key(judgement));
  }
}

function readyAgain() {
  return eventually("an API that is ready again", 120, () => query('probe_success{job="erp-probe"} == 1')[0]);
}

/** The alerts in the real world: each trouble is caused, and what it brings to whom is read from the webhook. */
describe("alerts and dashboards, on a real cluster", () => {
  part(
    "local is deployed, and its traffic runs",
    async () => {
      await act("deploy");
      startWebhook();
      expect((await act("deploy")).code).toBe(0);
      await eventually("requests that succeed", 180, () => query("sum(erp:http_requests:increase1m) > 60").length > 0);
    },
    10 * minute,
  );

  episode(
    "while all is well, nothing fires but the heartbeat, which arrives",
    async () => {
      await eventually("the heartbeat", 180, () => notified("heartbeat", "firing").length > 0);
      await sleep(5 * minute);
      const firing = query('ALERTS{alertstate="firing",severity!~"heartbeat|info"}');
      expect(firing.map(({ metric }) => metric.alertname)).toEqual([]);
      expect([notified("pager", "firing"), notified("chat", "firing")]).toEqual([[], []]);
    },
    10 * minute,
  );

  episode("the whole rule set is evaluated in under a second", () => {
    const seconds = Number(query("sum(prometheus_rule_group_last_duration_seconds)")[0]?.value[1]);
    figure("one evaluation of every rule", `${Math.round(seconds * 1000)} ms`);
    expect(seconds).toBeLessThan(1);
  });

  part(
    "every query of every dashboard is answered, but for those that wait for an event",
    async () => {
      const found = await judgements();
      note(`\n## What its dashboards ask, before anything happened\n\n${report(found)}`);
      for (const judgement of found) {
        if (judgement.outcome === "awaits an event") unanswered.set(key(judgement), judgement);
      }
      expect(found.filter(({ outcome }) => outcome === "empty").map(({ missing }) => missing)).toEqual([]);
    },
    10 * minute,
  );

  episode(
    "a flood of requests for what does not exist pages nobody",
    async () => {
      const before = notified("pager", "firing");
      startPod("erp", "flood", traffic, program("flood"), ["http://erp-api.erp.svc:8000", "6000", "120"]);
      await sleep(3 * minute);
      expect(query('sum(increase(starlette_responses_total{status_code="404"}[5m])) > 2000')).toHaveLength(1);
      expect(notified("pager", "firing")).toEqual(before);
    },
    6 * minute,
  );

  episode(
    "when half of the requests fail, the error budget's alert pages, and nothing else",
    async () => {
      const alert = "ErpErrorBudgetBurn";
      expect(await trouble([harms.missingTable], [{ alert, way: "pager", within: 240 }])).toEqual([alert]);
    },
    6 * minute,
  );

  episode(
    "a total outage pages within 90 seconds",
    async () => {
      const alert = "ErpDown";
      expect(await trouble([harms.noApi], [{ alert, way: "pager", within: 90 }])).toEqual([alert]);
      await readyAgain();
    },
    6 * minute,
  );

  episode(
    "when PostgreSQL is stopped, its own alert pages, and its symptoms stay silent",
    async () => {
      // It takes up to a minute to stop: clients that are connected are served until then.
      const dependents = ["erp-api", "erp-worker"];
      const before = dependents.map(restarts);
      const paged = await trouble(
        [harms.noPostgresql],
        [{ alert: "PostgresqlDown", way: "pager", within: 180 }],
        90_000,
      );
      figure("paged while PostgreSQL was down", paged.join(", "));
      await readyAgain();
      expect(dependents.map(restarts)).toEqual(before);
      await look();
    },
    10 * minute,
  );

  episode(
    "a slow route, a full queue and secrets in the log are told in the chat, and page nobody",
    async () => {
      const within = 14 * 60;
      const told = ["ErpRouteSlow", "CeleryQueueLong", "ErpSecretsInLogs"];
      const today = `http://erp-api.erp.svc:8000/api/v1/reports/${new Date().toISOString().slice(0, 10)}`;
      startPod("erp", "readers", traffic, program("load"), [today, "180", "0.2"]);
      expect(
        await trouble(
          [harms.slowRoute, harms.fullQueue, harms.leakedSecrets],
          told.map((alert) => ({ alert, way: "chat", within })),
        ),
      ).toEqual([]);
    },
    18 * minute,
  );

  episode(
    "killed workers page, and nothing else does",
    async () => {
      const alert = "CeleryNoWorkers";
      expect(await trouble([harms.noWorkers], [{ alert, way: "pager", within: 300 }])).toEqual([alert]);
    },
    8 * minute,
  );

  episode(
    "a Redis that takes nothing new pages, and nothing else does",
    async () => {
      const alert = "RedisRefusesWrites";
      expect(await trouble([harms.fullRedis], [{ alert, way: "pager", within: 300 }])).toEqual([alert]);
    },
    8 * minute,
  );

  episode(
    "a locked table, which slows its routes, is told in the chat with its cause",
    () => trouble([harms.lockedTable], [{ alert: "PostgresqlLockWaits", way: "chat", within: 300 }]),
    8 * minute,
  );

  episode(
    "what waited for an event is shown once it has happened",
    async () => {
      const told = ["ErpJobFailed", "ContainerOutOfMemory", "PodLogsCut"];
      const { failingTasks, failingJob, outOfMemory, floodedLog, newWorkers, failingProbes, noLoki } = harms;
      await trouble(
        [failingTasks, failingJob, outOfMemory, floodedLog, newWorkers],
        told.map((alert) => ({ alert, way: "chat", within: 10 * 60 })),
      );
      failingProbes.begin();
      noLoki.begin();
      await sleep(2 * minute);
      noLoki.end();
      failingProbes.end();
      await sleep(2 * minute);
      await look();
      const left = unanswered.size === 0 ? "Everything that waited was shown.\n" : report([...unanswered.values()]);
      note(`\n## What was still not shown after the events\n\n${left}`);
      expect([...unanswered.values()].map(({ question }) => question)).toEqual([]);
    },
    25 * minute,
  );

  episode(
    "curated keeps at most a quarter of the series that full does, which are the chart's defaults",
    async () => {
      const curated = await measureKeptSeries(({ kubelet = 0, apiserver = 0 }) => kubelet > 0 && apiserver === 0);
      expect((await act("deploy", "--full")).code).toBe(0);
      const full = await measureKeptSeries(
        ({ kubelet = 0, apiserver = 0 }) => kubelet > (curated.byJob.kubelet ?? 0) && apiserver > 0,
      );
      expect((await act("deploy")).code).toBe(0);
      figure("series of all targets, curated and full", `${curated.all} and ${full.all}`);
      for (const job of Object.keys(full.byJob).sort()) {
        console.log(`${job}: ${curated.byJob[job] ?? 0} of ${full.byJob[job]}`);
      }
      expect(curated.all).toBeLessThanOrEqual(full.all / 4);
    },
    15 * minute,
  );

  episode(
    "every alert is resolved, at each receiver that heard of it",
    async () => {
      // An hour's worth of failures stays in the windows that confirm these for two hours, and for six.
      const outlasts = ({ window = "" }: Readonly<Record<string, string>>) => ["1d", "3d"].includes(window);
      for (const way of ["pager", "chat"] as const) {
        const open = () => unresolved(way).filter((labels) => !outlasts(labels));
        figure(`heard of at the ${way}`, [...new Set(notified(way, "firing"))].sort().join(", "));
        await eventually(`the end of ${JSON.stringify(open())}`, 45 * 60, () => open().length === 0);
      }
      expect(notified("heartbeat", "resolved")).toEqual([]);
    },
    60 * minute,
  );

  part("local is destroyed", async () => expect((await act("destroy")).code).toBe(0), 10 * minute);
});
