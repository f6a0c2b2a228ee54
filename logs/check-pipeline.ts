import type { Fault } from "../faults";
import { checkLogql } from "../kit/queries/logql/check-logql";
import { captureCount, re2Finding } from "../kit/queries/regular-expression";
import type { Stage } from "./stages";
import type { Relabeling } from "./targets";
import { logVocabulary } from "./vocabulary";

/** Faults of stages and relabelings with which a log agent does not start, or replaces nothing. */
export function checkPipeline(stages: readonly Stage[], relabelings: readonly Relabeling[]): Fault[] {
  return [
    ...stages.flatMap(checkStage),
    ...relabelings.flatMap(({ regex, target_label }) =>
      regex === undefined ? [] : checkExpression(`log targets: ${target_label ?? "selection"}`, regex),
    ),
  ];
}

function checkStage(stage: Stage): Fault[] {
  if ("match" in stage) {
    const { selector, stages } = stage.match;
    return [
      ...checkLogql(selector, logVocabulary).findings.map(({ rule, remedy }) => ({
        place: "log pipeline: match",
        rule,
        value: selector,
        remedy,
      })),
      ...stages.flatMap(checkStage),
    ];
  }
  if ("drop" in stage) return checkExpression("log pipeline: drop", stage.drop.expression);
  if (!("replace" in stage)) return [];
  const { expression: value } = stage.replace;
  const place = "log pipeline: replace";
  const faults = checkExpression(place, value);
  if (faults.length > 0 || captureCount(value) > 0) return faults;
  const rule = "must capture a group, because only groups are replaced";
  return [{ place, rule, value, remedy: "put the text to replace into brackets" }];
}

function checkExpression(place: string, value: string): Fault[] {
  const finding = re2Finding(value);
  return finding ? [{ place, value, ...finding }] : [];
}
