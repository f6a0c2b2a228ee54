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
  const lacking: string[] = required.filter((field) => alert[field] === undefined);
  if (alert.limit === undefined) lacking.push("above` or `below");
  return lacking.map((field) => ({
    place: `${place}: ${field.split("`")[0]}`,
    rule: "is required",
    remedy: `add \`${field}\`; \`AlertForm\` in kit/alerts/alert.ts describes it`,
  }));
}
