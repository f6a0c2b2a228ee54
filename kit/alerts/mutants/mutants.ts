import { inSeconds } from "../../queries/duration";
import { checkPromql } from "../../queries/promql/check-promql";
import { type MutationKind, mutations, withoutMatchers, writtenMatchers } from "../../queries/promql/mutations";
import type { Query } from "../../queries/query";
import type { Label, Vocabulary } from "../../queries/series";
import type { Alert, AlertForm, AnyAlert } from "../alert";
import type { Limit } from "../limit";
import { equivalence } from "./equivalence";

/** Kinds of mistakes in an alert: in its fields, or in one of its expressions. */
export const mutantKinds = [
  "limit changed",
  "comparison turned",
  "`for` changed",
  "`keepFiringFor` dropped",
  "condition dropped",
] as const;

export type MutantKind = (typeof mutantKinds)[number] | MutationKind;

/** An alert with one deliberate mistake, and the scenarios of the alert without it. */
export interface Mutant<One extends AnyAlert> {
  readonly kind: MutantKind;
  /** The mistake in a few words. */
  readonly mistake: string;
  readonly alert: One;
  /** The reason why the mistake cannot change when the alert fires. @default it can */
  readonly equivalent?: string;
}

/** Creates an alert from its form. */
type Made<One extends AnyAlert> = (
  form: Omit<One, "above" | "below"> & ({ readonly above: Limit } | { readonly below: Limit }),
) => One;

/**
 * One mutant for each possible mistake. If the scenarios are complete, at least one fails for each mutant that is not
 * equivalent.
 *
 * @param vocabulary of the expressions of an alert on metrics
 */
export function mutants<One extends AnyAlert>(
  given: One,
  made: Made<One>,
  vocabulary: Vocabulary,
): readonly Mutant<One>[] {
  return [
    ...fieldMutants(given, made),
    ...joinMutants(given, made),
    ...matcherMutants(given, made),
    ...expressionMutants(given, made, vocabulary),
  ];
}

function fieldMutants<One extends AnyAlert>(given: One, made: Made<One>): Mutant<One>[] {
  const { for: lasting, keepFiringFor, confirmedBy, provided } = given;
  const { value, unit } = given.limit;
  // A count must change by at least 1, and a limit of 0 multiplied stays 0.
  const least = unit === "count" || value === 0 ? 1 : 0;
  const [higher, lower] = [Math.max(value * 1.5, value + least), Math.min(value / 1.5, value - least)];
  const found: [boolean, MutantKind, string, Change][] = [
    [true, "limit changed", `the limit is ${short(higher)} instead of ${short(value)}`, { limit: higher }],
    [true, "limit changed", `the limit is ${short(lower)} instead of ${short(value)}`, { limit: lower }],
    [true, "comparison turned", "the comparison is turned", { turned: true }],
    [lasting !== undefined, "`for` changed", "`for` is missing", { for: undefined }],
    [
      lasting !== undefined,
      "`for` changed",
      "`for` is three times as long",
      { for: `${3 * inSeconds(lasting ?? "")}s` },
    ],
    [
      keepFiringFor !== undefined,
      "`keepFiringFor` dropped",
      "`keepFiringFor` is missing",
      { keepFiringFor: undefined },
    ],
    [confirmedBy !== undefined, "condition dropped", "`confirmedBy` is missing", { confirmedBy: undefined }],
    [provided !== undefined, "condition dropped", "`provided` is missing", { provided: undefined }],
  ];
  return found
    .filter(([applies]) => applies)
    .map(([, kind, mistake, change]) => ({ kind, mistake, alert: changeAlert(given, made, change) }));
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}

/** The alert with one label less in the join of its conditions. */
function joinMutants<One extends AnyAlert>(given: One, made: Made<One>): Mutant<One>[] {
  const { on = [], confirmedBy, provided } = given;
  return ((confirmedBy ?? provided) ? on : []).map((label) => ({
    kind: "`on` label dropped",
    mistake: `${label} dropped from \`on\``,
    alert: changeAlert(given, made, { on: on.filter((one) => one !== label) }),
  }));
}

const expressions = ["measure", "confirmedBy", "provided"] as const;

/** Mistakes in the expressions of an alert on metrics. LogQL is not changed. */
function expressionMutants<One extends AnyAlert>(given: One, made: Made<One>, vocabulary: Vocabulary): Mutant<One>[] {
  if (!isOnMetrics(given)) return [];
  const groupable = (operand: string) => varyingLabels(operand, vocabulary);
  return expressions.flatMap((field) => {
    const query = given[field];
    if (!query) return [];
    return mutations(query.text, groupable).map((mutation) => {
      const { kind, mistake, text } = mutation;
      const equivalent = equivalence({ mutation, field, alert: given, vocabulary });
      return {
        kind,
        mistake: `\`${field}\`: ${mistake}`,
        alert: changeAlert<One>(given, made, { [field]: { ...query, text, toString: () => text } }),
        ...(equivalent !== undefined && { equivalent }),
      };
    });
  });
}

/** A repeated matcher, dropped in all places, as happens if an author changes a shared constant. */
function matcherMutants<One extends AnyAlert>(given: One, made: Made<One>): Mutant<One>[] {
  if (!isOnMetrics(given)) return [];
  const written = expressions.flatMap((field) => writtenMatchers(given[field]?.text ?? ""));
  const repeated = [...new Set(written)].filter((one) => written.filter((other) => other === one).length > 1);
  return repeated.map((one) => {
    const changed = expressions.flatMap((field) => {
      const query = given[field];
      if (!query) return [];
      const text = withoutMatchers(query.text, one);
      return [[field, { ...query, text, toString: () => text }] as const];
    });
    return {
      kind: "matcher dropped",
      mistake: `{${one}} dropped everywhere`,
      alert: changeAlert<One>(given, made, Object.fromEntries(changed)),
    };
  });
}

function isOnMetrics<One extends AnyAlert>(given: One): given is One & Alert {
  return given.measure.language === "promql";
}

/** Labels that may have several values; labels without a list of values, such as the pod, come first. */
function varyingLabels(operand: string, vocabulary: Vocabulary): readonly string[] {
  const labels = (checkPromql(operand, vocabulary).series ?? []).flatMap((series) => [...series.labels]);
  const chosen = (isWanted: (label: Label) => boolean) =>
    labels.filter(([, label]) => isWanted(label)).map(([name]) => name);
  return [...chosen(({ values }) => !values), ...chosen(({ values }) => (values?.length ?? 0) > 1)];
}

/** The fields of an alert that a mistake changes. */
type Change = Partial<
  Pick<AlertForm, "for" | "keepFiringFor" | "on"> & {
    readonly limit: number;
    readonly turned: true;
    readonly measure: Query;
    readonly confirmedBy: Query | undefined;
    readonly provided: Query | undefined;
  }
>;

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
