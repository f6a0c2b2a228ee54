import { parser } from "@grafana/lezer-logql";
import { inSeconds } from "../duration";
import { completeVariables } from "../grafana-variables";
import type { Span } from "../query-finding";
import { descendants, isVariable, textOf } from "./logql-syntax";

/** A range of fixed length: `5m` in `[5m]`. */
export interface FixedRange extends Span {
  readonly seconds: number;
}

/** The ranges of a LogQL expression with a fixed length. */
export function fixedRanges(written: string): readonly FixedRange[] {
  const source = completeVariables(written, (text) => parser.parse(text));
  return descendants(source.tree.topNode, /^Range$/)
    .flatMap((range) => descendants(range, /^Duration$/))
    .filter((length) => !isVariable(length, source))
    .map((length) => ({ from: length.from, to: length.to, seconds: inSeconds(textOf(length, source)) }));
}
