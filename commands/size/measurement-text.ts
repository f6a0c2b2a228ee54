import { daysInWords } from "../../kit/queries/duration";
import type { Environment } from "../../settings/environment";
import { coefficients } from "./coefficients";
import { numberText, sizeText } from "./figures";
import type { Measurement } from "./measure";
import { type Objects, objectsOf } from "./objects";
import { diskAfter, predict } from "./predict";

/** The sizes of a running environment, next to those that the model predicts for the same numbers of objects. */
export function measurementText(environment: Environment, measurement: Measurement): string {
  const stated = objectsOf(environment, environment.scale ?? coefficients.testCluster);
  const { prometheus, loki } = predict(environment, { ...stated, ...measurement.objects });
  const rules = prometheus.seriesByJob.get("rules") ?? 0;
  const { age } = measurement;
  return [
    environment.scale
      ? `${environment.name} states in \`scale\` and in its replicas, and has now:`
      : `${environment.name} does not state \`scale\`. The test cluster had, and ${environment.name} has now:`,
    "",
    row("", environment.scale ? "stated" : "test cluster", "now"),
    ...objectNames.map(([key, name]) =>
      row(name, numberText(stated[key]), textOf(measurement.objects[key], numberText)),
    ),
    "",
    `Predicted for what it has now, and measured. The oldest sample ${age === undefined ? "is not known" : `is ${ageText(age)} old`}:`,
    "",
    row("", "predicted", "measured", "factor"),
    figureRow("series of all scrapes", prometheus.series - rules, measurement.series, numberText),
    figureRow("series in the head block", prometheus.headSeries, measurement.headSeries, numberText),
    figureRow("samples per second", prometheus.samplesPerSecond, measurement.samplesPerSecond, numberText),
    figureRow("memory of Prometheus", prometheus.memory, measurement.prometheusMemory, sizeText),
    figureRow("disk of Prometheus", diskAfter(environment, prometheus, age ?? 0), measurement.prometheusDisk, sizeText),
    figureRow("memory of Loki", loki.memory, measurement.lokiMemory, sizeText),
    "",
    "The factor is the measured value, divided by the prediction. Memory is the highest of the last day.",
  ].join("\n");
}

const objectNames: readonly (readonly [keyof Objects, string])[] = [
  ["nodes", "nodes"],
  ["pods", "pods"],
  ["apiPods", "API pods"],
  ["routes", "routes, mean of the API pods"],
  ["workers", "workers"],
  ["logLinesPerSecond", "log lines per second"],
];

function ageText(seconds: number): string {
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : daysInWords(seconds);
}

function figureRow(
  name: string,
  predicted: number,
  measured: number | undefined,
  text: (value: number) => string,
): string {
  const factor = measured === undefined ? "" : numberText(measured / predicted);
  return row(name, text(predicted), textOf(measured, text), factor);
}

function textOf(measured: number | undefined, text: (value: number) => string): string {
  return measured === undefined ? "no data" : text(measured);
}

function row(name: string, ...cells: readonly string[]): string {
  return `  ${name.padEnd(29)}${cells.map((cell) => cell.padStart(13)).join("")}`.trimEnd();
}
