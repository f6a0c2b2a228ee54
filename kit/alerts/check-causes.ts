import type { Fault } from "../../faults";
import { meant } from "../queries/matching";
import type { Series } from "../queries/series";
import type { AnyAlert } from "./alert";
import { causes, labelOf } from "./causes";

/** An alert can only be silenced by, and silence for, what is known; and never itself. */
export function checkCauses({ cause, causedBy = [] }: AnyAlert, series: readonly Series[], place: string): Fault[] {
  const fixed = causedBy.filter((one) => labelOf(one) === undefined);
  const named = [...(cause ? [["cause", cause] as const] : []), ...fixed.map((one) => ["causedBy", one] as const)];
  const unknown = named.filter(([, name]) => !(causes as readonly string[]).includes(name));
  const lacking = causedBy.flatMap((one) => labelOf(one) ?? []).filter((label) => !always(label, series));
  return [
    ...unknown.map(([field, value]) => ({
      place: `${place}: ${field}`,
      rule: "must be one of the list in `alerts/causes.ts`",
      value,
      remedy: meant(value, causes),
    })),
    ...lacking.map((label) => ({
      place: `${place}: causedBy`,
      rule: `reads the label "${label}", which not every series of the expression has`,
      remedy: `carry it through every branch, such as by "sum by (${label}) (…)"`,
    })),
    ...(cause && causedBy.includes(cause)
      ? [
          {
            place: `${place}: causedBy`,
            rule: "must not be what it is itself the cause of",
            value: cause,
            remedy: "leave it out",
          },
        ]
      : []),
  ];
}

function always(label: string, series: readonly Series[]): boolean {
  return series.every(({ labels, open }) => open || labels.has(label));
}
