import { inSeconds } from "../../../kit/queries/duration";
import { promql } from "../../../kit/queries/query";
import { alertmanager } from "../../../metrics/alertmanager/alertmanager-metrics";
import type { Check, Findings } from "../check";
import type { Deployment } from "../deployment";
import { readsPrometheus } from "../server-permissions";

/** The heartbeats of this time are counted, or those since the start of Alertmanager if it is younger. */
const windowSeconds = 15 * 60;

/** Within a shorter time, the first scrapes decide how many heartbeats are counted. */
const leastSeconds = 3 * 60;

export const heartbeat: Check = {
  id: "heartbeat",
  title: "the heartbeat is sent as often as configured",
  permissions: readsPrometheus,
  without: ({ alertmanager: { heartbeat: configured } }) =>
    configured === undefined ? "`alertmanager.heartbeat` is not set" : undefined,
  async run(deployment) {
    const interval = inSeconds(deployment.environment.alertmanager.heartbeat?.repeatInterval ?? "1m");
    const observed = Math.min(windowSeconds, Math.floor(await observedSeconds(deployment)));
    if (observed < Math.max(leastSeconds, 3 * interval)) {
      return {
        failures: [],
        notes: [`Alertmanager is observed for ${observed} s only: too short to count heartbeats`],
      };
    }
    return judgeHeartbeats(await deliveredBeats(deployment, observed), observed, interval);
  },
};

/** One heartbeat may fall on each end of the time, and rates are extrapolated to the ends. */
export function judgeHeartbeats(delivered: number, observed: number, interval: number): Findings {
  const expected = observed / interval;
  const extent = `${delivered.toFixed(1)} in ${observed} s`;
  if (delivered >= 0.8 * expected - 1) return { failures: [], extent };
  return {
    failures: [
      {
        where: "receiver heartbeat",
        expected: `about ${Math.round(expected)} delivered notifications in ${observed} s, one every ${interval} s`,
        found: `${delivered.toFixed(1)} delivered notifications`,
        runbook: "Heartbeat",
      },
    ],
    extent,
  };
}

const ofHeartbeat = `{receiver_name="heartbeat"}`;

async function observedSeconds(deployment: Deployment): Promise<number> {
  const series = `${alertmanager.notifications}${ofHeartbeat}`;
  const first = promql`time() - min(min_over_time(timestamp(${series})[${windowSeconds}s:15s]))`;
  return firstValue(await deployment.query(first.text));
}

async function deliveredBeats(deployment: Deployment, seconds: number): Promise<number> {
  const sum = (metric: object) => `sum(increase(${metric}${ofHeartbeat}[${seconds}s]))`;
  const { notifications, notificationsFailed } = alertmanager;
  return firstValue(await deployment.query(`${sum(notifications)} - (${sum(notificationsFailed)} or vector(0))`));
}

function firstValue(samples: Awaited<ReturnType<Deployment["query"]>>): number {
  return Number(samples[0]?.value[1] ?? 0);
}
