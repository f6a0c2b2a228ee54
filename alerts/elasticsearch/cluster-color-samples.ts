import { type Part, samples } from "../../kit/alerts/stories/samples";
import { elasticsearch } from "../../metrics/elasticsearch/elasticsearch-metrics";

const { health } = elasticsearch;

export const colorSamples = (color: string, ...parts: Part[]) => [samples(health, parts, { color })];
