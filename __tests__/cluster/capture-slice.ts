import { setTimeout as sleep } from "node:timers/promises";
import { whileDisrupted } from "./disruptions";
import { eventually, query } from "./kubernetes";
import { youngestPodStart } from "./resources";
import type { Slice } from "./slices";
import { minute } from "./steps";
import { lead, writeSlice } from "./write-slice";

/**
 * Waits until no alert fires, disrupts the ERP as the slice states, and writes the samples and lines of Prometheus and
 * Loki.
 */
export async function captureSlice(slice: Slice): Promise<void> {
  await (slice.name === "quiet" ? waitUntilQuiet() : waitShortlyUntilQuiet());
  const [before, disrupted, after] = slice.minutes;
  const from = Date.now();
  await sleep(before * minute);
  await whileDisrupted(slice.disruptions?.() ?? [], async () => {
    await sleep(disrupted * minute);
    for (const alert of slice.alerts ?? []) await waitUntilFiring(alert);
  });
  await sleep(after * minute);
  const to = Date.now();
  console.log(`${slice.name}: from ${from} to ${to}`);
  // Log lines, and samples with their own timestamps, arrive later.
  await sleep(minute);
  await writeSlice(slice, from, to);
}

/** Waits until no alert fires, and until the youngest pod has run longer than the window of any rate. */
async function waitUntilQuiet(): Promise<void> {
  await eventually("a moment without an alert", 30 * 60, isQuiet);
  const left = youngestPodStart(["erp", "monitoring", "logging"]) + lead + minute - Date.now();
  await sleep(Math.max(0, left));
}

/** Waits at most a minute for the alerts of the previous slice: an alert of the error budget can fire for an hour. */
async function waitShortlyUntilQuiet(): Promise<void> {
  for (const end = Date.now() + minute; Date.now() < end && !isQuiet(); ) await sleep(5000);
}

function isQuiet(): boolean {
  // Alerts about nodes and volumes are ignored, because the machine of a test cluster may be busy or its disk full.
  return query('ALERTS{alertstate="firing",severity!~"heartbeat|info",service!~"nodes|volumes"}').length === 0;
}

async function waitUntilFiring(alert: string): Promise<void> {
  const firing = `count_over_time(ALERTS{alertstate="firing",alertname="${alert}"}[1m]) > 3`;
  await eventually(`${alert} for a minute`, 15 * 60, () => query(firing).length > 0);
}
