import { Kubectl } from "../../commands/cluster/kubectl";
import { whileProxying } from "../../commands/cluster/proxied-servers";
import { clusterSecrets, exposedSecrets } from "../../commands/evidence/secret-values";
import type { Recording } from "../../commands/preview/recording";
import { writeRecording } from "../../commands/preview/recordings";
import { signals } from "../../signals";
import { contributions } from "../../subjects/listings";
import { recorded } from "../fixtures/recorded";
import { capturedSeries } from "./captured-series";
import { capturedStreams } from "./captured-streams";
import { context } from "./kubernetes";
import { figureWithin } from "./results";
import type { Slice } from "./slices";
import { withStaleness } from "./staleness";
import { minute } from "./steps";

/** The budget of one file, in bytes. */
const budget = 1_000_000;

/** Milliseconds of samples and lines before the drawn time. Only a few queries look back further. */
export const lead = 10 * minute;

/**
 * Writes the samples and lines that Prometheus and Loki have of this time, in milliseconds since 1970.
 * @throws {Error} when they contain the value of a Secret.
 */
export async function writeSlice(slice: Slice, from: number, to: number): Promise<void> {
  const window = { begin: from - lead, to };
  const facts = { name: slice.name, title: slice.title, kind: slice.kind, begin: window.begin, from, to };
  const content = await capturedContent(window);
  const recording = { ...facts, occasion: process.env.CLUSTER_OCCASION ?? "", ...content };
  await refuseSecrets(recording);
  const size = writeRecording(recording);
  figureWithin(`${slice.name}.json.br`, Math.round(size / 1000), "kB", budget / 1000);
}

async function capturedContent(window: { readonly begin: number; readonly to: number }) {
  const { platform, erp } = signals(recorded);
  const groups = [...platform.rules, ...erp.rules];
  return whileProxying(context, async ({ prometheus, loki }) => {
    const series = await capturedSeries(prometheus, window, keptNames());
    const streams = await capturedStreams(loki, window);
    return { series: withStaleness(series, groups, window.to), streams };
  });
}

/** Names of the metrics that the environment keeps, of its recordings, and of `ALERTS`. */
function keptNames(): ReadonlySet<string> {
  const { metrics, recordings } = contributions(recorded).catalogue;
  return new Set(["up", "ALERTS", ...[...metrics, ...recordings].map(({ name }) => name)]);
}

async function refuseSecrets({ series, streams }: Recording): Promise<void> {
  const labels = [...series, ...streams].flatMap((one) => Object.values(one.labels));
  const lines = streams.flatMap((stream) =>
    stream.lines.flatMap(({ text, metadata }) => [text, ...Object.values(metadata)]),
  );
  const held = await clusterSecrets(new Kubectl(context));
  const exposed = exposedSecrets([...labels, ...lines].join("\n"), held);
  if (exposed.length > 0) throw new Error(`the recording contains the values of ${[...new Set(exposed)].join(", ")}`);
}
