import { durationInWords, inSeconds } from "../../kit/queries/duration";
import { bytesOf, prometheusBytesOf } from "../../kit/queries/quantity";
import type { Environment } from "../../settings/environment";
import { jobsOf } from "../../subjects/listings";
import { coefficients } from "./coefficients";
import { numberText, sizeText } from "./figures";
import type { Prediction } from "./predict";

/** A value of an environment next to the one that it needs. */
export interface Comparison {
  /** Path of the setting. */
  readonly setting: string;
  /** The value as the environment states it. */
  readonly value: string;
  /** The value that is needed. */
  readonly needed: string;
  /** The consequence and the remedy, as one or more sentences. @default the value is large enough */
  readonly tooSmall?: string;
}

/** The sizes that an environment states, next to the predicted ones. */
export function compare(environment: Environment, prediction: Prediction): readonly Comparison[] {
  return [
    samples(environment, prediction),
    memory("prometheus", environment, prediction),
    ...apiScrape(environment, prediction),
    lines(environment, prediction),
    memory("loki", environment, prediction),
  ];
}

function samples({ prometheus }: Environment, { prometheus: predicted }: Prediction): Comparison {
  const { retention, retentionSize } = prometheus;
  const days = Math.max(0, Math.floor((prometheusBytesOf(retentionSize) - predicted.wal) / predicted.bytesPerDay));
  return {
    setting: "prometheus.retentionSize",
    value: retentionSize,
    needed: sizeText(predicted.disk),
    ...(predicted.disk > prometheusBytesOf(retentionSize) && {
      tooSmall: `Prometheus deletes samples after about ${numberText(days)} days instead of ${durationInWords(retention)}. Raise \`prometheus.retentionSize\` and \`prometheus.storage\`, or lower \`prometheus.retention\`.`,
    }),
  };
}

function memory(program: "prometheus" | "loki", environment: Environment, prediction: Prediction): Comparison {
  const { requests } = environment[program].resources;
  const needed = prediction[program].memory;
  return {
    setting: `${program}.resources.requests.memory`,
    value: requests.memory,
    needed: sizeText(needed),
    ...(needed > bytesOf(requests.memory) && {
      tooSmall: `A node without free memory evicts pods that use more than they request, and the kernel kills a container at its limit. Raise the request and the limit of \`${program}.resources\`.`,
    }),
  };
}

/** Prometheus rejects a scrape with more samples as a whole. */
function apiScrape(environment: Environment, { objects }: Prediction): Comparison[] {
  const job = jobsOf(environment).find(({ name }) => name === "erp-api");
  const { target = 0, route = 0 } = coefficients.series.jobs["erp-api"] ?? {};
  const needed = target + route * objects.routes;
  if (job?.sampleLimit === undefined || needed <= job.sampleLimit) return [];
  return [
    {
      setting: "scale.routes",
      value: `${objects.routes}`,
      needed: `at most ${numberText((job.sampleLimit - target) / route)}`,
      tooSmall: `An API pod would have about ${numberText(needed)} series, and Prometheus rejects scrapes of more than ${numberText(job.sampleLimit)} samples. Reduce the number of path templates.`,
    },
  ];
}

function lines({ loki }: Environment, { loki: predicted }: Prediction): Comparison {
  const { storage, retention } = loki;
  const files = storage.type === "filesystem";
  const [value, needed] = files ? [storage.size, predicted.disk + predicted.wal] : [storage.walSize, predicted.wal];
  const setting = files ? "loki.storage.size" : "loki.storage.walSize";
  const days = Math.max(
    0,
    Math.floor(((bytesOf(value) - predicted.wal) / predicted.disk) * (inSeconds(retention) / 86_400)),
  );
  const remedy = files
    ? `The volume is full after about ${numberText(days)} days of ${durationInWords(retention)}, and Loki accepts no more lines. Raise \`${setting}\`, or lower \`loki.retention\`.`
    : `The volume is full before Loki has written its chunks to the bucket, and Loki accepts no more lines. Raise \`${setting}\`.`;
  return { setting, value, needed: sizeText(needed), ...(needed > bytesOf(value) && { tooSmall: remedy }) };
}
