import type { Fault } from "../../faults";
import type { AnyAlert } from "./alert";

const required = [
  "name",
  "group",
  "severity",
  "service",
  "team",
  "measure",
  "summary",
  "description",
  "scenarios",
] as const satisfies readonly (keyof AnyAlert)[];

/**
 * Fields that an alert lacks, or whose value is plain text or a plain number. Synth does not run the compiler, which reports
 * them too.
 */
export function checkFields(alert: AnyAlert, place: string): Fault[] {
  const describedIn = "`AlertForm` in kit/alerts/alert.ts describes it";
  const lack = (field: string, remedy = `add \`${field}\``) => ({
    place: `${place}: ${field}`,
    rule: "is required",
    remedy: `${remedy}; ${describedIn}`,
  });
  const wrong = (field: string, value: unknown, rule: string, remedy: string) => ({
    place: `${place}: ${field}`,
    rule,
    value: JSON.stringify(value),
    remedy: `${remedy}; ${describedIn}`,
  });
  const { measure, limit } = alert;
  return [
    ...required.filter((field) => alert[field] === undefined).map((field) => lack(field)),
    ...(limit === undefined ? [lack("above", "add `above` or `below`")] : []),
    ...(isPlain(measure) ? [wrong("measure", measure, "must be a query", "write it as promql`…` or logql`…`")] : []),
    ...(isPlain(limit)
      ? [
          wrong(
            alert.above === undefined ? "below" : "above",
            limit,
            "must have a unit",
            `write \`count(${limit})\`, \`ratio(…)\` or another unit`,
          ),
        ]
      : []),
  ];
}

function isPlain(value: unknown): boolean {
  return value !== undefined && typeof value !== "object";
}
