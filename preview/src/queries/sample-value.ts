/** A value in an answer of Prometheus or Loki. They write what JSON cannot as words. */
export function sampleValue(text: string): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  return text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
}
