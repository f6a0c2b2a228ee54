import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Alert, alert } from "../kit/alerts/alert";
import { checkAlert } from "../kit/alerts/check-alert";
import { type Mutant, mutants } from "../kit/alerts/mutants/mutants";
import { mutationKinds } from "../kit/queries/promql/mutations";
import { causes, contributions } from "../subjects/listings";
import { everything } from "./fixtures/everything";
import { uncontradicted } from "./scenarios";
import type { Run } from "./tools";
import { wantedMutants } from "./wanted-mutants";

/** An alert of ours with one deliberate mistake. */
export interface Broken extends Mutant<Alert> {
  /** The alert and the mistake: unique. */
  readonly key: string;
  /** The alert that it was made of, whose stories it is told. */
  readonly told: Alert;
}

/** Of which seed the mutants that the tests play are a sample. */
export const seed = "1";

/** How many mutants the tests play at most: those of all alerts take some minutes. */
const sampleSize = 400;

const { alerts, catalogue } = contributions(everything);

/** Every mutant of the alerts on metrics. */
export function brokenAlerts(): readonly Broken[] {
  return alerts.flatMap((told) => {
    const made = mutants(told, alert, catalogue.vocabulary);
    return made.map((mutant, index) => {
      const namesakes = made.slice(0, index).filter(({ mistake }) => mistake === mutant.mistake).length;
      const place = namesakes > 0 ? `, place ${namesakes + 1}` : "";
      return { ...mutant, key: `${told.title}: ${mutant.mistake}${place}`, told };
    });
  });
}

/** As many of each kind as there is room for, and always those that are wanted. The seed decides which. */
export function sampled(all: readonly Broken[], seed: string): readonly Broken[] {
  const wanted = new Set(wantedMutants(all).map(({ key }) => key));
  const places = new Map<string, number>();
  const ranked = inOrder(all, seed, ({ key }) => key).map((one) => {
    const place = places.get(one.kind) ?? 0;
    places.set(one.kind, place + 1);
    return { one, rank: wanted.has(one.key) ? -1 : place };
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, sampleSize)
    .map(({ one }) => one);
}

/** All of them in an order that follows from the seed and their keys alone. */
export function inOrder<Item>(all: readonly Item[], seed: string, keyOf: (item: Item) => string): readonly Item[] {
  const order = (item: Item) =>
    createHash("sha256")
      .update(`${seed} ${keyOf(item)}`)
      .digest("hex");
  return all
    .map((item) => [order(item), item] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, item]) => item);
}

/** A mistake that neither a check nor a story finds. */
export interface Survivor {
  /** The key of the mutant. */
  readonly mutant: string;
  /** Why it is not found. */
  readonly reason: string;
}

/** The reason of a survivor that nobody has explained yet. */
export const unexplained = "none is known";

export const survivorsFile = join(__dirname, "known-survivors.yaml");

export function knownSurvivors(): readonly Survivor[] {
  return parse(readFileSync(survivorsFile, "utf8")) ?? [];
}

/** How many mutants one process of promtool plays: it keeps all its stories in memory. */
const batchSize = 200;

/**
 * The mutants that neither a check nor a story finds.
 *
 * @param report is told how many have been judged
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

/** Whether synth refuses the expression. What else is wrong with a mutant is for the stories to say. */
function isRefused({ kind, alert }: Broken): boolean {
  const isOfExpression = (mutationKinds as readonly string[]).includes(kind);
  return isOfExpression && checkAlert(alert, catalogue.vocabulary, { causes }).length > 0;
}
