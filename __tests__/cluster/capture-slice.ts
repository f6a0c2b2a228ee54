import { setTimeout as sleep } from "node:timers/promises";
import { whileHarmed } from "./harms";
import { eventually, query } from "./kubernetes";
import { youngestPodStart } from "./resources";
import type { Slice } from "./slices";
import { minute } from "./steps";
import { lead, writeSlice } from "./write-slice";

/** Waits until no alert fires, injects the fault of the slice, and writes the samples and lines of Prometheus and Loki. */
export async function captureSlice(slice: Slice): Promise<void> {
  await (slice.name === "quiet" ? calm() : mostlyCalm());
  const [before, harmed, after] = slice.minutes;
  const from = Date.now();
  await sleep(before * minute);
  await whileHarmed(slice.harm?.() ?? [], async () => {
    await sleep(harmed * minute);
    for (const alert of slice.alerts ?? []) await hasFired(alert);
  });
  await sleep(after * minute);
  const to = Date.now();
  console.log(`${slice.name}: from ${from} to ${to}`);
  // Lines, and samples of exporters that state times themselves, arrive later.
  await sleep(minute);
  await writeSlice(slice, from, to);
}

/** Waits until no alert fires, and the youngest pod has run longer than the window of any rate. */
async function calm(): Promise<void> {
  await eventually("a moment without an alert", 30 * 60, isCalm);
  const left = youngestPodStart(["erp", "monitoring", "logging"]) + lead + minute - Date.now();
  await sleep(Math.max(0, left));
}

/** Waits for a minute at most until the fault of the previous slice is over: a budget burns for an hour. */
async function mostlyCalm(): Promise<void> {
  for (const end = Date.now() + minute; Date.now() < end && !isCalm(); ) await sleep(5000);
}

function isCalm(): boolean {
  // A test cluster may be on a machine that is busy or full.
  return query('ALERTS{alertstate="firing",severity!~"heartbeat|info",service!~"nodes|volumes"}').length === 0;
}

async function hasFired(alert: string): Promise<void> {
  const firing = `count_over_time(ALERTS{alertstate="firing",alertname="${alert}"}[1m]) > 3`;
  await eventually(`${alert} for a minute`, 15 * 60, () => query(firing).length > 0);
}
