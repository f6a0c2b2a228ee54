import { setTimeout as sleep } from "node:timers/promises";
import { Kubectl } from "../../commands/cluster/kubectl";
import { freePort, whileRunning } from "../../commands/evidence/background";
import { clusterSecrets, exposedSecrets } from "../../commands/evidence/secret-values";
import type { Recording } from "../../commands/preview/recording";
import { writeRecording } from "../../commands/preview/recordings";
import { type Address, addresses } from "../../settings/addresses";
import { signals } from "../../signals";
import { contributions } from "../../subjects/listings";
import { recorded } from "../fixtures/recorded";
import { capturedSeries } from "./captured-series";
import { capturedStreams } from "./captured-streams";
import { whileHarmed } from "./harms";
import { context, eventually, query } from "./kubernetes";
import { youngestPodStart } from "./resources";
import { figureWithin } from "./results";
import type { Slice } from "./slices";
import { withStaleness } from "./staleness";
import { minute } from "./steps";

/** Most bytes of one file. */
const budget = 1_000_000;

/** Samples and lines before the minutes that are drawn: no more than a few queries look back further. */
const lead = 10 * minute;

/** Waits for calm, does what the slice tells, and writes what Prometheus and Loki have kept of it. */
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

/** Writes what Prometheus and Loki have kept of these milliseconds since 1970. */
export async function writeSlice(slice: Slice, from: number, to: number): Promise<void> {
  const window = { begin: from - lead, to };
  const facts = { name: slice.name, title: slice.title, mood: slice.mood, begin: window.begin, from, to };
  const content = await capturedContent(window);
  const recording = { ...facts, occasion: process.env.CLUSTER_OCCASION ?? "", ...content };
  await refuseSecrets(recording);
  const size = writeRecording(recording);
  figureWithin(`${slice.name}.json.br`, Math.round(size / 1000), "kB", budget / 1000);
}

/** No alert fires, and the youngest pod has run for so long that rates are of nothing else. */
async function calm(): Promise<void> {
  await eventually("a moment without an alert", 30 * 60, isCalm);
  const left = youngestPodStart(["erp", "monitoring", "logging"]) + lead + minute - Date.now();
  await sleep(Math.max(0, left));
}

/** Waits for a while until what happened in the slice before is over. */
async function mostlyCalm(): Promise<void> {
  for (const end = Date.now() + 5 * minute; Date.now() < end && !isCalm(); ) await sleep(5000);
}

function isCalm(): boolean {
  // A test cluster may be on a machine that is busy or full.
  return query('ALERTS{alertstate="firing",severity!~"heartbeat|info",service!~"nodes|volumes"}').length === 0;
}

async function hasFired(alert: string): Promise<void> {
  const firing = `count_over_time(ALERTS{alertstate="firing",alertname="${alert}"}[1m]) > 3`;
  await eventually(`${alert} for a minute`, 15 * 60, () => query(firing).length > 0);
}

async function capturedContent(window: { readonly begin: number; readonly to: number }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [path = "", ...args] = new Kubectl(context).command("proxy", `--port=${port}`).split(" ");
  const { platform, erp } = signals(recorded);
  const groups = [...platform.rules, ...erp.rules].flatMap(({ groups }) => groups);
  return whileRunning({ path, args, url: `${url}/version` }, async () => ({
    series: withStaleness(
      await capturedSeries(proxied(url, addresses.prometheus), window, keptNames()),
      groups,
      window.to,
    ),
    streams: await capturedStreams(proxied(url, addresses.loki), window),
  }));
}

/** What the environment keeps, records, and writes about alerts. */
function keptNames(): ReadonlySet<string> {
  const { metrics, recordings } = contributions(recorded).catalogue;
  return new Set(["up", "ALERTS", ...[...metrics, ...recordings].map(({ name }) => name)]);
}

function proxied(url: string, { namespace, service, port }: Address): string {
  return `${url}/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy`;
}

/** @throws {Error} when a Secret of the cluster is in the recording. */
async function refuseSecrets({ series, streams }: Recording): Promise<void> {
  const labels = [...series, ...streams].flatMap((one) => Object.values(one.labels));
  const lines = streams.flatMap((stream) =>
    stream.lines.flatMap(({ text, metadata }) => [text, ...Object.values(metadata)]),
  );
  const held = await clusterSecrets(new Kubectl(context));
  const exposed = exposedSecrets([...labels, ...lines].join("\n"), held);
  if (exposed.length > 0) throw new Error(`the recording contains the values of ${[...new Set(exposed)].join(", ")}`);
}
