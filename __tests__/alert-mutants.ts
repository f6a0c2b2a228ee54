import type { AlertForm, AnyAlert } from "../kit/alerts/alert";
import type { Limit } from "../kit/alerts/limit";
import { inSeconds } from "../kit/queries/duration";

/** What makes an alert of its form. */
type Made<One extends AnyAlert> = (
  form: Omit<One, "above" | "below"> & ({ readonly above: Limit } | { readonly below: Limit }),
) => One;

/** The alert with one deliberate mistake each, by its description. Of complete scenarios, at least one fails for each of them. */
export function mutants<One extends AnyAlert>(given: One, made: Made<One>): ReadonlyMap<string, One> {
  const { for: lasting, keepFiringFor, confirmedBy, provided } = given;
  const { value, unit } = given.limit;
  // Between two numbers of things there is nothing, and nothing is half as much again as nothing.
  const least = unit === "count" || value === 0 ? 1 : 0;
  const [higher, lower] = [Math.max(value * 1.5, value + least), Math.min(value / 1.5, value - least)];
  const found: [boolean, string, Change][] = [
    [true, `the limit is ${higher} instead of ${value}`, { limit: higher }],
    [true, `the limit is ${lower} instead of ${value}`, { limit: lower }],
    [true, "the comparison is turned", { turned: true }],
    [lasting !== undefined, "`for` is missing", { for: undefined }],
    [lasting !== undefined, "`for` is three times as long", { for: `${3 * inSeconds(lasting ?? "")}s` }],
    [keepFiringFor !== undefined, "`keepFiringFor` is missing", { keepFiringFor: undefined }],
    [confirmedBy !== undefined, "`confirmedBy` is missing", { confirmedBy: undefined }],
    [provided !== undefined, "`provided` is missing", { provided: undefined }],
  ];
  return new Map(
    found.filter(([applies]) => applies).map(([, mistake, change]) => [mistake, changeAlert(given, made, change)]),
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
