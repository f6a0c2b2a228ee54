import type { Recording } from "../../metrics/recording";
import { type Aggregation, aggregations } from "../../queries/promql/aggregations";
import { copiedLabels } from "../../queries/promql/copied-labels";
import { type Selector, selectors } from "../../queries/promql/selectors";
import type { Vocabulary } from "../../queries/series";
import type { Alert } from "../alert";

/** The context from which the series of an alert's scenarios follow. */
export interface StoryEnvironment {
  readonly alert: Alert;
  /** The vocabulary: all series that may exist. */
  readonly vocabulary: Vocabulary;
  /** The recordings that the alert reads and its scenarios do not supply. */
  readonly recordings: readonly Recording[];
}

/** The selectors of the alert and of its recordings. */
export interface Reading {
  readonly selectors: readonly Selector[];
  /** Aggregations, each after those inside it. */
  readonly aggregations: readonly Aggregation[];
  /** The label that `label_replace` copies a label from. */
  readonly origins: ReadonlyMap<string, string>;
}

export function readingOf({ alert, recordings }: StoryEnvironment): Reading {
  const expressions = [...recordings.map(({ measure }) => measure.text), alert.expression.text];
  return {
    selectors: expressions.flatMap(selectors),
    aggregations: expressions.flatMap(aggregations),
    origins: new Map(expressions.flatMap(copiedLabels).map(({ label, origin }) => [label, origin])),
  };
}
