import { setTimeout as sleep } from "node:timers/promises";
import { report } from "../../commands/dashboards/report";
import { judgedDashboards } from "../../commands/test-dashboards";
import { act, context, eventually, figure, kubectl, note, query, startPod } from "./cluster";
import { testEnvironment } from "./environment";
import { restarts } from "./resources";
import { kept } from "./series";
import { minute, part } from "./story";
import { notified, program, startWebhook } from "./webhook";

const sql = (statement: string) =>
  kubectl("-n", "erp", "exec", "deployment/postgresql", "--", "psql", "-U", "postgres", "-d", "erp", "-c", statement);
const scale = (deployment: string, replicas: number) =>
  kubectl("-n", "erp", "scale", `deployment/${deployment}`, `--replicas=${replicas}`);
const traffic = { "app.kubernetes.io/name": "erp-traffic" };

/** Pages and messages before the trouble under way. */
let paged: readonly string[] = [];
let told: readonly string[] = [];

/** Does harm, waits for the alert, and sees that nobody was paged for anything else. */
async function trouble(alert: string, way: "pager" | "chat", within: number, harm: () => unknown): Promise<void> {
  [paged, told] = [notified("pager", "firing"), notified("chat", "firing")];
  const before = { pager: paged, chat: told }[way].length;
  await harm();
  const start = Date.now();
  await eventually(`${alert} at the ${way}`, within, () => notified(way, "firing").slice(before).includes(alert));
  figure(`from the trouble to ${alert}`, `${Math.round((Date.now() - start) / 1000)} s`);
}

/** What woke somebody since the trouble began. */
function pages(): string[] {
  return [...new Set(notified("pager", "firing").slice(paged.length))].sort();
}

/** The alerts in the real world: each trouble is caused, and what it brings to whom is read from the webhook. */
describe("alerts, on a real cluster", () => {
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

  part(
    "while all is well, nothing fires but the heartbeat, which arrives",
    async () => {
      await eventually("the heartbeat", 180, () => notified("heartbeat", "firing").length > 0);
      await sleep(2 * minute);
      const firing = query('ALERTS{alertstate="firing",severity!~"heartbeat|info"}');
      expect(firing.map(({ metric }) => metric.alertname)).toEqual([]);
      expect([notified("pager", "firing"), notified("chat", "firing")]).toEqual([[], []]);
    },
    10 * minute,
  );

  part("the whole rule set is evaluated in under a second", () => {
    const seconds = Number(query("sum(prometheus_rule_group_last_duration_seconds)")[0]?.value[1]);
    figure("one evaluation of every rule", `${Math.round(seconds * 1000)} ms`);
    expect(seconds).toBeLessThan(1);
  });

  part(
    "a flood of requests for what does not exist pages nobody",
    async () => {
      paged = notified("pager", "firing");
      startPod("erp", "flood", traffic, program("flood"), ["http://erp-api.erp.svc:8000", "6000", "120"]);
      await sleep(3 * minute);
      expect(query('sum(increase(starlette_responses_total{status_code="404"}[5m])) > 2000')).toHaveLength(1);
      expect(pages()).toEqual([]);
    },
    6 * minute,
  );

  part(
    "when half of the requests fail, the error budget's alert pages, and nothing else",
    async () => {
      await trouble("ErpErrorBudgetBurn", "pager", 240, () => sql("alter table orders rename to orders_away"));
      expect(pages()).toEqual(["ErpErrorBudgetBurn"]);
      sql("alter table orders_away rename to orders");
    },
    6 * minute,
  );

  part(
    "a locked table, which slows its routes, is told in the chat with its cause",
    async () => {
      const lock = "begin; lock table stock_items in access exclusive mode; select pg_sleep(240); rollback";
      const locking = `nohup psql -U postgres -d erp -c '${lock}' >/dev/null 2>&1 &`;
      await trouble("PostgresqlLockWaits", "chat", 300, () =>
        kubectl("-n", "erp", "exec", "deployment/postgresql", "--", "sh", "-c", locking),
      );
      sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like '%access exclusive%' and pid <> pg_backend_pid()",
      );
    },
    8 * minute,
  );

  part(
    "when PostgreSQL is stopped, its own alert pages, and from then on its symptoms stay silent",
    async () => {
      await trouble("PostgresqlDown", "pager", 150, () => scale("postgresql", 0));
      const known = pages();
      figure("paged until PostgreSQL was known to be down", known.join(", "));
      await sleep(1.5 * minute);
      expect(pages()).toEqual(known);
      const dependents = ["erp-api", "erp-worker"].map((name) => restarts(name));
      scale("postgresql", 1);
      await eventually(
        "an API that is ready again",
        120,
        () => query('probe_success{job="erp-probe"} == 1').length > 0,
      );
      expect(["erp-api", "erp-worker"].map((name) => restarts(name))).toEqual(dependents);
    },
    8 * minute,
  );

  part(
    "killed workers page, and the queue that they leave is told of",
    async () => {
      await trouble("CeleryNoWorkers", "pager", 300, () => scale("erp-worker", 0));
      expect(pages()).toEqual(["CeleryNoWorkers"]);
      scale("erp-worker", 1);
    },
    8 * minute,
  );

  part(
    "a total outage pages within 90 seconds",
    async () => {
      await trouble("ErpDown", "pager", 90, () => scale("erp-api", 0));
      scale("erp-api", 2);
    },
    4 * minute,
  );

  part(
    "curated keeps at most a quarter of the series that full does, which are the chart's defaults",
    async () => {
      const curated = await kept(({ kubelet = 0, apiserver = 0 }) => kubelet > 0 && apiserver === 0);
      expect((await act("deploy", "--full")).code).toBe(0);
      const full = await kept(
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

  part(
    "every query of every dashboard is answered, but for those that wait for an event",
    async () => {
      const environment = testEnvironment({ context, charts: "" });
      const judgements = await judgedDashboards(environment, context);
      note(`\n## What its dashboards ask\n\n${report(judgements)}`);
      expect(judgements.filter(({ outcome }) => outcome === "empty").map(({ missing }) => missing)).toEqual([]);
    },
    10 * minute,
  );

  part(
    "every alert is resolved, at each receiver that heard of it",
    async () => {
      for (const way of ["pager", "chat"] as const) {
        const heard = [...new Set(notified(way, "firing"))].sort();
        await eventually(`the end of ${heard.join(", ")} at the ${way}`, 25 * 60, () => {
          const resolved = new Set(notified(way, "resolved"));
          return heard.every((name) => resolved.has(name));
        });
      }
      expect(notified("heartbeat", "resolved")).toEqual([]);
    },
    45 * minute,
  );

  part("local is destroyed", async () => expect((await act("destroy")).code).toBe(0), 10 * minute);
});
