import { evaluationSeconds } from "../../metrics/recording";
import { durationText } from "../../queries/duration";
import type { AlertingRule, RuleGroup } from "../rule-group";

/** A file of rules that somebody wrote in Prometheus' format. */
export interface RuleFile {
  /** The team whose rules these are. */
  readonly team: string;
  /** Path of the file, for messages. */
  readonly path: string;
  readonly groups: readonly WrittenGroup[];
}

/** A group as its author wrote it. */
export interface WrittenGroup extends Omit<RuleGroup, "interval" | "rules"> {
  /** Time between two evaluations. @default that of the alerts of the product */
  readonly interval?: string | undefined;
  readonly rules: readonly WrittenRule[];
}

export type WrittenRule = WrittenAlert | WrittenRecording;

export interface WrittenAlert {
  readonly alert: string;
  readonly expr: string;
  /** Time for which the condition must hold. @default it fires at once */
  readonly for?: string | undefined;
  /** Time for which the alert keeps firing after the condition has ended. @default it resolves at once */
  readonly keep_firing_for?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface WrittenRecording {
  readonly record: string;
  readonly expr: string;
  /** Labels that the rule adds. @default none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The groups of a file as they are deployed: each alert has the labels by which it is routed. */
export function deployedGroups({ team, groups }: RuleFile, environment: string): readonly RuleGroup[] {
  return groups.map((group) => ({
    ...group,
    interval: group.interval ?? durationText(evaluationSeconds),
    rules: group.rules.map((rule) =>
      "alert" in rule ? ({ ...rule, labels: { ...rule.labels, team, environment } } as AlertingRule) : rule,
    ),
  }));
}

/** The alerts of a file, in the order of its groups. */
export function alertsIn({ groups }: Pick<RuleFile, "groups">): readonly WrittenAlert[] {
  return groups.flatMap(({ rules }) => rules.filter((rule) => "alert" in rule));
}

/** Every expression of a file. */
export function expressionsIn({ groups }: Pick<RuleFile, "groups">): readonly string[] {
  return groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
}
