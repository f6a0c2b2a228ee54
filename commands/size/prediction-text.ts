import { durationInWords } from "../../kit/queries/duration";
import type { Environment } from "../../settings/environment";
import { coefficients } from "./coefficients";
import { type Comparison, compare } from "./compare";
import { countText, numberText, sizeText } from "./figures";
import { objectsOf } from "./objects";
import { type Prediction, predict } from "./predict";

/** The predicted sizes of an environment, next to its settings. */
export function predictionText(environment: Environment): string {
  const prediction = predict(environment, objectsOf(environment, environment.scale ?? coefficients.testCluster));
  return [
    ...basisLines(environment, prediction),
    "",
    `Prometheus, each replica (\`prometheus.replicas\`: ${environment.prometheus.replicas})`,
    ...prometheusLines(environment, prediction),
    "",
    `Loki, each replica (\`loki.replicas\`: ${environment.loki.replicas})`,
    ...lokiLines(environment, prediction),
    "",
    "Settings",
    ...compare(environment, prediction).map(comparisonText),
    "",
    "These are estimates: expect up to one and a half times as much, and more memory for queries (docs/sizing.md).",
  ].join("\n");
}

function basisLines({ name, scale }: Environment, { objects }: Prediction): readonly string[] {
  const { nodes, pods, apiPods, routes, workers, queues, logLinesPerSecond } = objects;
  return [
    scale
      ? `Sizes of ${name}, computed from \`scale\` and the replicas:`
      : `${name} does not state \`scale\`. These are its sizes with the cluster and the load of the test cluster:`,
    `  ${countText(nodes, "node")}, ${countText(pods, "pod")}, ${countText(apiPods, "API pod")} with ${countText(routes, "route")}, ${countText(workers, "worker")}, ${countText(queues, "queue")}, ${countText(logLinesPerSecond, "log line")} per second`,
  ];
}

function prometheusLines({ prometheus, clusterMonitoring }: Environment, { prometheus: predicted }: Prediction) {
  const { series, headSeries, samplesPerSecond, memory, disk, bytesPerDay, wal } = predicted;
  const jobs = [...predicted.seriesByJob].sort(([, one], [, other]) => other - one).slice(0, 4);
  const largest = jobs.map(([job, number]) => `${job} ${numberText(number)}`).join(", ");
  return [
    row("series", `${clusterMonitoring === "full" ? "at least " : ""}${numberText(series)} (${largest}, …)`),
    row("samples per second", numberText(samplesPerSecond)),
    row("memory", `${sizeText(memory)} for ${numberText(headSeries)} series, with those of the last rollout`),
    row(
      "disk",
      `${sizeText(disk)}: ${durationInWords(prometheus.retention)} of ${sizeText(bytesPerDay)}, and ${sizeText(wal)} of write-ahead log`,
    ),
  ];
}

function lokiLines({ loki }: Environment, { loki: predicted }: Prediction): readonly string[] {
  const { linesPerDay, rawBytesPerDay, memory, wal, disk, bytesPerDay } = predicted;
  const days = `${durationInWords(loki.retention)} of ${sizeText(bytesPerDay)}`;
  const common = [
    row("log lines per day", `${numberText(linesPerDay)}, or ${sizeText(rawBytesPerDay)}`),
    row("memory", sizeText(memory)),
  ];
  if (loki.storage.type === "filesystem") {
    return [...common, row("disk", `${sizeText(disk + wal)}: ${days}, and ${sizeText(wal)} of write-ahead log`)];
  }
  const copies =
    loki.replicas > 1
      ? `, and up to ${loki.replicas} times as much, because replicas store a chunk once only if theirs are equal`
      : "";
  return [
    ...common,
    row("disk", `${sizeText(wal)} of write-ahead log`),
    row("bucket", `${sizeText(disk)}: ${days}${copies}`),
  ];
}

function comparisonText({ setting, value, needed, tooSmall }: Comparison): string {
  const line = `  ${tooSmall ? "too small" : "enough   "}  ${setting}: ${value}, needs ${needed}`;
  return tooSmall ? `${line}\n             ${tooSmall}` : line;
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(19)} ${text}`;
}
