import type { Recording } from "../../metrics/recording";
import { type Aggregation, aggregations } from "../../queries/promql/aggregations";
import { copiedLabels } from "../../queries/promql/copied-labels";
import { type Selector, selectors } from "../../queries/promql/selectors";
import type { Vocabulary } from "../../queries/series";
import type { Alert } from "../alert";

/** What the series of an alert's stories follow from. */
export interface StoryEnvironment {
  readonly alert: Alert;
  /** What series there may be. */
  readonly vocabulary: Vocabulary;
  /** The recordings that the alert reads, and that its stories do not give. */
  readonly recordings: readonly Recording[];
}

/** How an alert reads series, itself and by the recordings. */
export interface Reading {
  readonly selectors: readonly Selector[];
  /** Each after those within it. */
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
