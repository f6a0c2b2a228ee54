import type { Fault } from "../../faults";
import { suggestion } from "../queries/matching";
import type { Series } from "../queries/series";
import type { AnyAlert } from "./alert";
import { labelOf } from "./causes";

/** Faults of an alert's causes: unknown ones, ones that its series cannot name, and its own. */
export function checkCauses(
  { cause, causedBy = [] }: AnyAlert,
  series: readonly Series[],
  causes: readonly string[],
  place: string,
): Fault[] {
  const fixed = causedBy.filter((one) => labelOf(one) === undefined);
  const named = [...(cause ? [["cause", cause] as const] : []), ...fixed.map((one) => ["causedBy", one] as const)];
  const unknown = named.filter(([, name]) => !causes.includes(name));
  const lacking = causedBy.flatMap((one) => labelOf(one) ?? []).filter((label) => !isAlwaysPresent(label, series));
  return [
    ...unknown.map(([field, value]) => ({
      place: `${place}: ${field}`,
      rule: "must be a known cause",
      value,
      remedy: suggestion(value, causes),
    })),
    ...lacking.map((label) => ({
      place: `${place}: causedBy`,
      rule: `must not read the label "${label}", which some series of the expression lack`,
      remedy: `keep it in every branch, such as by "sum by (${label}) (…)"`,
    })),
    ...(cause && causedBy.includes(cause)
      ? [
          {
            place: `${place}: causedBy`,
            rule: "must not name the cause that this alert reports",
            value: cause,
            remedy: "remove it",
          },
        ]
      : []),
  ];
}

function isAlwaysPresent(label: string, series: readonly Series[]): boolean {
  return series.every(({ labels, open }) => open || labels.has(label));
}
