import { setTimeout as sleep } from "node:timers/promises";
import { countLosses, linesArrive, numberedLines } from "../../counted-losses";
import { type ExpectedNotification, timeout, waitUntilResolved } from "../../disrupt-until-notified";
import type { Disruption } from "../../disruption";
import { whileDisrupted } from "../../disruptions";
import { eventually, kubectl, query } from "../../kubernetes";
import { clientReport, nginxImage, proxiedOrders } from "../../proxied-orders";
import { figure, figureWithin, lost, secondsSince, seen } from "../../results";
import { arrivals, type Receiver } from "../../webhook";
import type { Story } from "../story";

/** A fault that a story injects into the deployment, and everything that is promised about it. */
export interface Fault extends Pick<Story, "name" | "proves" | "minutes"> {
  /** What is broken, in a few words: `Loki's volume is full`. */
  readonly fault: string;
  readonly disruptions: readonly Disruption[];
  /** What the disruptions need first. It is undone after the last measurement. @default nothing */
  readonly prepared?: readonly Disruption[];
  /** How many seconds the fault lasts. It lasts longer while a notification is missing. */
  readonly seconds: number;
  /** The notifications that the fault must cause. A page about any other alert fails the story. */
  readonly notified: readonly ExpectedNotification[];
  /** The notifications that can only arrive when the fault has ended. @default none */
  readonly notifiedLate?: readonly ExpectedNotification[];
  /** Alerts that may page too, because they name a consequence that people must know. @default none */
  readonly mayPage?: readonly string[];
  /** The most that may be lost. @default nothing, except the samples of one scrape */
  readonly mayLose?: { readonly lines?: number; readonly secondsOfSamples?: number };
  /** How many seconds after its end all is well again: pods, targets, probes, log lines and heartbeats. */
  readonly wellWithin: number;
  /** The numbered lines that are written while the fault lasts. @default 3 lines of 100 characters a second */
  readonly lines?: { readonly perSecond: number; readonly characters: number };
  /**
   * Further checks during the fault, after the notifications. It gets the time when the fault began.
   * @default none
   */
  readonly meanwhile?: (start: number) => void | Promise<void>;
  /** Further checks after the fault, when all is well again. @default none */
  readonly afterwards?: () => void;
}

/** The story that injects a fault while numbered orders and log lines are written. */
export function faultStory(given: Fault): Story {
  const { name, fault, proves, minutes } = given;
  return {
    name,
    fault,
    proves,
    minutes,
    needs: "deployment",
    images: async () => [nginxImage],
    run: () => injectFault(given),
  };
}

async function injectFault(given: Fault): Promise<void> {
  const {
    prepared = [],
    notified,
    notifiedLate = [],
    mayLose = {},
    mayPage = [],
    lines: writing = { perSecond: 3, characters: 100 },
  } = given;
  const writers = [numberedLines(writing.perSecond, writing.characters), proxiedOrders];
  const written = Date.now();
  await whileDisrupted([...prepared, ...writers], async () => {
    await eventually("accepted orders", 120, () => (clientReport().statuses.orders["201"] ?? 0) > 4);
    await eventually("a healthy deployment", 600, isWell);
    await waitUntilResolved([...notified, ...notifiedLate]);
    await eventually("a moment without a page", 45 * 60, () => firingPages().length === 0);

    const start = Date.now();
    await whileDisrupted(given.disruptions, async () => {
      for (const notification of notified) await notificationArrives(notification, start);
      await given.meanwhile?.(start);
      await sleep(Math.max(0, start + given.seconds * 1000 - Date.now()));
    });
    const end = Date.now();
    for (const notification of notifiedLate) await notificationArrives(notification, start);
    await eventually("a deployment that is well again", 2 * given.wellWithin + 120, isWell);
    figureWithin("from the end of the fault until all was well", secondsSince(end), "s", given.wellWithin);
    // A page that was delayed by the fault arrives with the next flush of its group.
    await sleep(60_000);

    for (const receiver of ["pager", "chat"] as const) reportNotifications(receiver, start);
    const paged = namesSince("pager", start);
    const { lines, orders, longestGap } = await countLosses(start, written);
    lost(`${lines.missing} of ${lines.written} lines`);
    lost(`${orders.missing} of ${orders.written} orders`);
    lost(`samples of ${longestGap} s`);
    const expected = [...notified, ...notifiedLate].map(({ alert }) => alert);
    expect(paged.filter((alert) => !expected.includes(alert) && !mayPage.includes(alert))).toEqual([]);
    expect({ lines: lines.twice, orders: orders.twice }).toEqual({ lines: 0, orders: 0 });
    expect(orders.missing).toBe(0);
    expect(lines.missing).toBeLessThanOrEqual(mayLose.lines ?? 0);
    expect(longestGap).toBeLessThanOrEqual(mayLose.secondsOfSamples ?? 30);
    given.afterwards?.();
  });
}

async function notificationArrives({ alert, receiver, within }: ExpectedNotification, start: number): Promise<void> {
  const find = () => arrivals(receiver).find((arrival) => arrival.alert === alert && arrival.at > start);
  const arrival = await eventually(`${alert} at the ${receiver}`, timeout(within), find);
  const seconds = Math.round((arrival.at - start) / 1000);
  seen(alert, receiver, seconds);
  figureWithin(`from the fault to ${alert}`, seconds, "s", within);
}

function reportNotifications(receiver: Exclude<Receiver, "heartbeat">, start: number): void {
  figure(`notifications of the ${receiver}`, namesSince(receiver, start).join(", ") || "none");
}

function namesSince(receiver: Exclude<Receiver, "heartbeat">, start: number): readonly string[] {
  return [...new Set(arrivals(receiver).flatMap(({ alert, at }) => (at > start ? [alert] : [])))].sort();
}

/** Whether pods, targets, probes, log lines and heartbeats are as they should be. */
function isWell(): boolean {
  const beat = arrivals("heartbeat").at(-1)?.at ?? 0;
  return (
    unreadyPods().length === 0 &&
    query("up == 0").length === 0 &&
    query('absent(up{job="erp-api"}) or absent(up{job="loki"})').length === 0 &&
    query('probe_success{job="erp-probe"} == 1').length === 1 &&
    linesArrive() &&
    Date.now() - beat < 90_000
  );
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status: {
      readonly phase: string;
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  }[];
}

/** The pods that should be ready and are not. Two pods of the tests are never ready. */
function unreadyPods(): readonly string[] {
  const { items }: PodList = JSON.parse(kubectl("get", "pods", "--all-namespaces", "-o", "json"));
  return items
    .filter(({ status: { phase } }) => phase === "Running" || phase === "Pending")
    .filter(({ status }) => !status.conditions?.some(({ type, status }) => type === "Ready" && status === "True"))
    .map(({ metadata }) => metadata.name)
    .filter((name) => !["numbered-lines", "proxied-orders", "webhook"].includes(name));
}

function firingPages(): readonly unknown[] {
  return query('ALERTS{alertstate="firing",severity="critical"}');
}
