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

/** Fields that an alert lacks. Synth does not run the compiler, which reports them too. */
export function checkFields(alert: AnyAlert, place: string): Fault[] {
  const lack = (field: string, remedy = `add \`${field}\``) => ({
    place: `${place}: ${field}`,
    rule: "is required",
    remedy: `${remedy}; \`AlertForm\` in kit/alerts/alert.ts describes it`,
  });
  return [
    ...required.filter((field) => alert[field] === undefined).map((field) => lack(field)),
    ...(alert.limit === undefined ? [lack("above", "add `above` or `below`")] : []),
  ];
}
