import { holds, type Part, samples } from "../../kit/alerts/stories/samples";
import { redis } from "../../metrics/redis/redis-metrics";

const { up } = redis;

export const samplesFromExporter = (...parts: Part[]) => samples(up, parts);

export const staysUp = holds(1, "20m");
