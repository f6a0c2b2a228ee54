import { disruptUntilNotified, type ExpectedNotification } from "../disrupt-until-notified";
import type { Disruption } from "../disruption";
import { disruptions, whileDisrupted } from "../disruptions";
import { eventually, kubectl, sql } from "../kubernetes";
import { type ClientReport, clientReport, nginxImage, proxiedOrders } from "../proxied-orders";
import { restarts } from "../resources";
import { figure, figureWithin, secondsSince } from "../results";
import type { Story } from "./story";

const underProxiedOrders = { minutes: 8, needs: "deployment", images: async () => [nginxImage] } as const;

/** Each story pauses a server, which then accepts connections and answers nothing, while orders arrive through nginx. */
export const pausedStories: readonly Story[] = [
  {
    name: "postgresql-paused",
    fault: "PostgreSQL accepts connections and answers nothing",
    proves: "when PostgreSQL hangs, the API stays alive but not ready, and no invoice is missing later",
    ...underProxiedOrders,
    async run() {
      const alert = { alert: "PostgresqlDown", receiver: "pager", within: 180 } as const;
      const { statuses } = await pause(disruptions.pausedPostgresql, alert);
      expect(statuses.readiness["503"]).toBeGreaterThan(0);
    },
  },
  {
    name: "redis-paused",
    fault: "Redis accepts connections and answers nothing",
    proves: "when Redis hangs, the API stays alive and accepts orders, and no invoice is missing later",
    ...underProxiedOrders,
    async run() {
      const alert = { alert: "RedisDown", receiver: "pager", within: 180 } as const;
      const { statuses } = await pause(disruptions.pausedRedis, alert);
      expect(Object.keys(statuses.orders)).toEqual(["201"]);
    },
  },
];

/** Pauses a server under traffic until the notification has arrived, and returns what the client measured until then. */
async function pause(server: Disruption, notification: ExpectedNotification): Promise<ClientReport> {
  const programs = ["erp-api", "erp-worker"];
  const before = programs.map(restarts);
  return whileDisrupted([proxiedOrders], async () => {
    await eventually("accepted orders", 60, () => (clientReport().statuses.orders["201"] ?? 0) > 20);
    const paged = await disruptUntilNotified([server], [notification], 30_000);
    const resumed = Date.now();
    const report = clientReport();
    figure("pages during the pause", paged.join(", "));
    for (const name of ["orders", "liveness", "readiness"] as const) {
      figure(`${name}, by status`, shown(report.statuses[name]));
      figure(`${name}, slowest response`, `${report.slowest[name]} s`);
    }
    expect(Object.keys(report.statuses.liveness)).toEqual(["200"]);
    // The kubelet waits for three seconds.
    expect(report.slowest.readiness).toBeLessThan(3);
    expect(programs.map(restarts)).toEqual(before);

    kubectl(
      "-n",
      "erp",
      "wait",
      "pod",
      "-l",
      "app.kubernetes.io/name=erp-api",
      "--for=condition=Ready",
      "--timeout=120s",
    );
    figureWithin("from the end of the pause to ready pods of the API", secondsSince(resumed), "s", 60);
    await eventually("an invoice for every order", 5 * 60, () => Number(sql(ordersWithoutInvoice)) === 0);
    figureWithin("from the end of the pause to an invoice for every order", secondsSince(resumed), "s", 5 * 60);
    const kept = sql(`select count(*) from orders where organization_id = '${report.organization}'`);
    expect(Number(kept)).toBeGreaterThanOrEqual(report.statuses.orders["201"] ?? 0);
    return report;
  });
}

/** Orders of the last seconds may wait for their turn. */
const ordersWithoutInvoice = `select count(*) from orders left join invoices on invoices.order_id = orders.id
  where invoices.id is null and orders.created_at < now() - interval '30 seconds'`;

function shown(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([status, number]) => `${number} × ${status}`)
    .join(", ");
}
