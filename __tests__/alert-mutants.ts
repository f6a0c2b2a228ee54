import type { AlertForm, AnyAlert } from "../kit/alerts/alert";
import type { Limit } from "../kit/alerts/limit";
import { inSeconds } from "../kit/queries/duration";

/** What makes an alert of its form. */
type Made<One extends AnyAlert> = (
  form: Omit<One, "above" | "below"> & ({ readonly above: Limit } | { readonly below: Limit }),
) => One;

/** The alert with one slip of its author's hand each, by what it is. Scenarios that prove it let none of them pass. */
export function mutants<One extends AnyAlert>(given: One, made: Made<One>): ReadonlyMap<string, One> {
  const { for: lasting, keepFiringFor, confirmedBy, provided } = given;
  const { value, unit } = given.limit;
  // Between two numbers of things there is nothing, and nothing is half as much again as nothing.
  const least = unit === "count" || value === 0 ? 1 : 0;
  const found: [boolean, string, Change][] = [
    [true, "a limit half as high again", { limit: Math.max(value * 1.5, value + least) }],
    [true, "a limit a third lower", { limit: Math.min(value / 1.5, value - least) }],
    [true, "its comparison turned", { turned: true }],
    [lasting !== undefined, "no patience", { for: undefined }],
    [lasting !== undefined, "three times the patience", { for: `${3 * inSeconds(lasting ?? "")}s` }],
    [keepFiringFor !== undefined, "no firing after it is well again", { keepFiringFor: undefined }],
    [confirmedBy !== undefined, "no second look", { confirmedBy: undefined }],
    [provided !== undefined, "no guard", { provided: undefined }],
  ];
  return new Map(
    found.filter(([applies]) => applies).map(([, slip, change]) => [slip, changeAlert(given, made, change)]),
  );
}

interface Change extends Partial<Pick<AlertForm, "for" | "keepFiringFor" | "confirmedBy" | "provided">> {
  readonly limit?: number;
  readonly turned?: true;
}

function changeAlert<One extends AnyAlert>(
  given: One,
  made: Made<One>,
  { limit: value = given.limit.value, turned, ...fields }: Change,
): One {
  const { above: _above, below: _below, ...form } = { ...given, ...fields };
  const limit = { ...given.limit, value, toString: () => String(value) };
  return (given.comparison === ">") !== (turned === true)
    ? made({ ...form, above: limit })
    : made({ ...form, below: limit });
}
