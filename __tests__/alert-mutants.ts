import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Run } from "../commands/run-tool";
import { type Alert, alert } from "../kit/alerts/alert";
import { checkAlert } from "../kit/alerts/check-alert";
import { type Mutant, type MutantKind, mutants } from "../kit/alerts/mutants/mutants";
import { mutationKinds } from "../kit/queries/promql/mutations";
import { causes, contributions } from "../subjects/listings";
import { everything } from "./fixtures/everything";
import { uncontradicted } from "./scenarios";
import { wantedMutants } from "./wanted-mutants";

/** One of our alerts with one deliberate mistake. */
export interface Broken extends Mutant<Alert> {
  /** The title of the alert and the mistake. The key is unique. */
  readonly key: string;
  /** The alert without the mistake. Its scenarios are played. */
  readonly original: Alert;
}

/** The seed of the sample that the tests play. */
export const seed = "1";

/** The maximum number of mutants that the tests play. Playing all mutants takes some minutes. */
const sampleSize = 250;

const { alerts, catalogue } = contributions(everything);

/** Every mutant of the alerts on metrics. */
export function brokenAlerts(): readonly Broken[] {
  return alerts.flatMap((original) => {
    const made = mutants(original, alert, catalogue.vocabulary);
    return made.map((mutant, index) => {
      const namesakes = made.slice(0, index).filter(({ mistake }) => mistake === mutant.mistake).length;
      const place = namesakes > 0 ? `, place ${namesakes + 1}` : "";
      return { ...mutant, key: `${original.title}: ${mutant.mistake}${place}`, original };
    });
  });
}

/** A sample with about as many mutants of each kind, and with all of `wantedMutants`. The seed decides which. */
export function sample(all: readonly Broken[], seed: string): readonly Broken[] {
  const wanted = new Set(wantedMutants(all).map(({ key }) => key));
  const places = new Map<string, number>();
  const ranked = shuffle(all, seed, ({ key }) => key).map((one) => {
    const place = places.get(one.kind) ?? 0;
    places.set(one.kind, place + 1);
    return { one, rank: wanted.has(one.key) ? -1 : place };
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, sampleSize)
    .map(({ one }) => one);
}

/** The items in an order that only depends on the seed and their keys. */
export function shuffle<Item>(all: readonly Item[], seed: string, keyOf: (item: Item) => string): readonly Item[] {
  const order = (item: Item) =>
    createHash("sha256")
      .update(`${seed} ${keyOf(item)}`)
      .digest("hex");
  return all
    .map((item) => [order(item), item] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, item]) => item);
}

/** A mistake that neither a check nor a scenario detects. */
export interface Survivor {
  /** The key of the mutant. */
  readonly mutant: string;
  /** Why no scenario can be expected to detect the mistake. */
  readonly reason: string;
}

/** The reason that `bench:mutants --write` writes for a new survivor, until somebody replaces it. */
export const unexplained = "unexplained";

export const survivorsFile = join(__dirname, "known-survivors.yaml");

export function knownSurvivors(): readonly Survivor[] {
  return parse(readFileSync(survivorsFile, "utf8")) ?? [];
}

/** The remedy for a mutant that nothing detects. */
export function remedyFor({ kind, key }: Broken): string {
  return `no scenario fails with this mistake: ${key}
    add ${missingScenarios[kind] ?? "a scenario that fails with it"}; if no scenario can detect it, list it with the reason in __tests__/known-survivors.yaml`;
}

/** The scenario that an alert needs if a mistake of the kind is not detected. */
const missingScenarios: Partial<Record<MutantKind, string>> = {
  "limit changed": "a scenario that fires just beyond the limit, and a silent one just short of it",
  "comparison turned": "a silent scenario of a healthy system",
  "`for` changed": "a blip that is a little shorter than `for`, and `by: lasting()` to the scenario that fires",
  "`keepFiringFor` dropped": "a scenario in which the problem pauses, and the alert still fires",
  "condition dropped": "a silent scenario in which only this condition does not hold",
  "matcher dropped": "series to a scenario that only this matcher excludes",
  "matcher negated": "series to a scenario that only this matcher excludes",
  "aggregation exchanged": "a second series to a scenario that another aggregation would combine wrongly",
  "grouping label dropped": "a second group to a scenario that must not be mixed with the first one",
  "`on` label dropped": "a second group to a scenario that must not be mixed with the first one",
  "number of a condition changed": "a scenario just above the number of the condition, and one just below it",
  "range changed": "a scenario in which the problem is older than the range, or shorter",
};

/** The number of mutants for one process of promtool, which keeps all their series in memory. */
const batchSize = 200;

/**
 * The mutants that neither a check nor a scenario detects.
 *
 * @param report is called with the number of mutants judged so far
 */
export function undetected(
  promtool: Run,
  broken: readonly Broken[],
  report: (judged: number) => void = () => undefined,
): readonly Broken[] {
  const batches = Array.from({ length: Math.ceil(broken.length / batchSize) }, (_, index) =>
    broken.slice(index * batchSize, (index + 1) * batchSize),
  );
  return batches.flatMap((batch, index) => {
    const silent = batch.filter((one) => !isRefused(one));
    const left = new Set(uncontradicted(promtool, new Map(silent.map((one) => [one.key, one]))));
    report(Math.min((index + 1) * batchSize, broken.length));
    return silent.filter(({ key }) => left.has(key));
  });
}

/** Whether synth refuses the expression. Other mistakes are detected by the scenarios. */
function isRefused({ kind, alert }: Broken): boolean {
  const isOfExpression = (mutationKinds as readonly string[]).includes(kind);
  return isOfExpression && checkAlert(alert, catalogue.vocabulary, { causes }).length > 0;
}
