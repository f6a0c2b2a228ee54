import type { Unit } from "./limit";

type Counted = Extract<Unit, "count" | "perSecond">;

/**
 * The template that inserts the value into an alert's description: rounded, with unit and noun.
 *
 *     `${valueText("count", "key")} were evicted.`          1 key were …, 12 keys were …
 *     `${valueText("perSecond", "write")} fail.`            0.012 writes per second fail.
 *     `${valueText("ratio")} of the requests fail.`         4.2% of the requests fail.
 *
 * Prometheus and Loki evaluate it. Their `humanize` alone would write 0.012 as `12m`.
 *
 * @param unit unit of the alert's limit
 * @param noun singular of the noun for the things that are counted
 * @param nouns plural of the noun; by default, the noun with an `s`
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#numbers
 */
export function valueText(unit: Exclude<Unit, Counted>): string;
export function valueText(unit: Counted, noun: string, nouns?: string): string;
export function valueText(unit: Unit, noun = "", nouns = `${noun}s`): string {
  switch (unit) {
    case "ratio":
      return "{{ $value | humanizePercentage }}";
    case "seconds":
      return "{{ $value | humanizeDuration }}";
    case "bytes":
      return "{{ $value | humanize1024 }}B";
    case "factor":
      return number;
    case "perSecond":
      return `${number} ${nouns} per second`;
    case "count":
      return `{{ with printf "%.0f" $value }}{{ humanize . }} {{ if eq . "1" }}${noun}{{ else }}${nouns}{{ end }}{{ end }}`;
  }
}

/**
 * The template that contains a share of the value as a percentage. Templates cannot calculate, but they can send a query to Prometheus.
 *
 * @param share number that the value is multiplied by
 */
export function shareText(share: number): string {
  return `{{ printf "vector(%g * ${share})" $value | query | first | value | humanizePercentage }}`;
}

/** Three digits, with a prefix for large numbers: `0.012`, `12.35k`. */
const number = '{{ if lt $value 1e3 }}{{ printf "%.3g" $value }}{{ else }}{{ humanize $value }}{{ end }}';
