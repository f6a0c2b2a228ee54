import type { Names } from "../grouping";
import type { Matcher } from "../matching";
import type { Span } from "../query-finding";
import type { Expression } from "./expression";
import { expressionsWithin } from "./expressions-within";
import { parsePromql } from "./parse-promql";
import { selectors } from "./selectors";

/** Kinds of mistakes in an expression. */
export const mutationKinds = [
  "matcher dropped",
  "matcher negated",
  "label value misspelt",
  "label name misspelt",
  "aggregation exchanged",
  "grouping label dropped",
  "grouping label added",
  "`on` label dropped",
  "denominator dropped",
  "number of a condition changed",
  "range changed",
  "quantile changed",
] as const;

export type MutationKind = (typeof mutationKinds)[number];

/** An expression with one deliberate mistake. */
export interface Mutation {
  readonly kind: MutationKind;
  /** Short description of the mistake: `{status="failed"} dropped`. */
  readonly mistake: string;
  /** The expression with the mistake. */
  readonly text: string;
  /** The changed part of the expression; a matcher is part of its selector. */
  readonly node: Expression;
  /** The wrong operator of the aggregation. @default another kind of mistake */
  readonly operator?: string;
  /** The changed matcher. @default another kind of mistake */
  readonly matcher?: Matcher;
  /** The label that a grouping or an `on` clause lost. @default another kind of mistake */
  readonly label?: string;
}

/** Labels that a wrong grouping may contain. */
export type Groupable = (operand: string) => readonly string[];

/**
 * The expression with each possible mistake in one place; none if it is not PromQL.
 *
 * @param groupable labels of the operand of an aggregation, by its text. A label that it does not group by is added
 */
export function mutations(text: string, groupable: Groupable = () => []): readonly Mutation[] {
  const root = parsePromql(text, () => undefined);
  return root ? new Mutations(text, groupable).of(root) : [];
}

const exchangeable = ["sum", "avg", "max", "min", "count"];

/** Factor large enough to change the meaning of a window. */
const rangeFactor = 4;

type Draft = Omit<Mutation, "node">;

class Mutations {
  constructor(
    private readonly text: string,
    private readonly groupable: Groupable,
  ) {}

  of(expression: Expression): readonly Mutation[] {
    return expressionsWithin(expression).flatMap((node) => this.ofItself(node).map((draft) => ({ ...draft, node })));
  }

  private ofItself(expression: Expression): readonly Draft[] {
    switch (expression.kind) {
      case "selector":
        return expression.matchers.flatMap((matcher) => this.ofMatcher(matcher));
      case "range":
        return this.ofRange(expression);
      case "call":
        return this.ofQuantile(expression);
      case "aggregation":
        return this.ofAggregation(expression);
      case "binary":
        return this.ofBinary(expression);
      default:
        return [];
    }
  }

  private ofMatcher(matcher: Matcher): Draft[] {
    const written = `{${this.slice(matcher)}}`;
    const opposite = { "=": "!=", "!=": "=", "=~": "!~", "!~": "=~" }[matcher.operator];
    const misspelt = [...matcher.value.matchAll(/[a-zA-Z]{2,}/g)].at(-1)?.[0];
    const change = (kind: MutationKind, mistake: string, part: string, by: string, at: number): Draft => ({
      kind,
      matcher,
      mistake: `${written} ${mistake}`,
      text: this.replaced({ from: matcher.from + at, to: matcher.from + at + part.length }, by),
    });
    const { label, operator } = matcher;
    const text = this.slice(matcher);
    return [
      { kind: "matcher dropped", matcher, mistake: `${written} dropped`, text: withoutMatcher(this.text, matcher) },
      change("matcher negated", "negated", operator, opposite, text.indexOf(operator)),
      change("label name misspelt", "with its label misspelt", label, misspell(label), text.indexOf(label)),
      ...(misspelt === undefined
        ? []
        : [
            change(
              "label value misspelt",
              "with its value misspelt",
              misspelt,
              misspell(misspelt),
              text.lastIndexOf(misspelt),
            ),
          ]),
    ];
  }

  private ofRange({ of, to, length }: Expression & { kind: "range" }): Draft[] {
    if (typeof length !== "number") return [];
    const from = this.text.indexOf("[", of.to) + 1;
    const written = /^\s*[^:\]]+/.exec(this.text.slice(from, to))?.[0] ?? "";
    const span = { from, to: from + written.length };
    return [length / rangeFactor, length * rangeFactor].map((seconds) => ({
      kind: "range changed",
      mistake: `[${written}] is ${Math.round(seconds)}s`,
      text: this.replaced(span, `${Math.round(seconds)}s`),
    }));
  }

  private ofQuantile({ name, operands: [quantile] }: Expression & { kind: "call" }): Draft[] {
    if (!/quantile/.test(name) || quantile?.kind !== "number") return [];
    const { value } = quantile;
    return [value / 2, 1 - (1 - value) / 10].map((other) => ({
      kind: "quantile changed",
      mistake: `the quantile ${value} is ${Number(other.toPrecision(6))}`,
      text: this.replaced(quantile, String(Number(other.toPrecision(6)))),
    }));
  }

  private ofAggregation(aggregation: Expression & { kind: "aggregation" }): Draft[] {
    const { operator, from, grouping, without, operands } = aggregation;
    const written = this.slice(aggregation);
    const exchanged = exchangeable
      .filter((other) => exchangeable.includes(operator) && other !== operator)
      .map((other) => ({
        kind: "aggregation exchanged" as const,
        operator: other,
        mistake: `${other} in place of ${shorten(written)}`,
        text: this.replaced({ from, to: from + operator.length }, other),
      }));
    const [operand] = operands.slice(-1);
    return [
      ...exchanged,
      ...(grouping ? this.withoutLabels("grouping label dropped", grouping, shorten(written)) : []),
      ...(operand && !without ? this.withLabel(aggregation, operand) : []),
    ];
  }

  /** The grouping with one label more. */
  private withLabel({ operator, from, grouping }: Expression & { kind: "aggregation" }, operand: Expression): Draft[] {
    const listed = grouping?.labels.map(({ name }) => name) ?? [];
    const added = this.groupable(this.slice(operand)).find((label) => !listed.includes(label));
    if (added === undefined) return [];
    const end = from + operator.length;
    const text = grouping
      ? this.replaced(grouping, `(${[...listed, added].join(", ")})`)
      : this.replaced({ from: end, to: end }, ` by (${added})`);
    return [{ kind: "grouping label added", mistake: `${operator} also by ${added}`, text }];
  }

  private ofBinary({ operator, left, right, matching, from, to }: Expression & { kind: "binary" }): Draft[] {
    const divided = operator === "/" && right.kind !== "number";
    const compared = /^(==|!=|[<>]=?)$/.test(operator) && right.kind === "number" && right.value !== 0;
    return [
      ...(divided
        ? [
            {
              kind: "denominator dropped" as const,
              mistake: `not divided by ${shorten(this.slice(right))}`,
              text: this.replaced({ from, to }, `(${this.slice(left)})`),
            },
          ]
        : []),
      ...(compared ? [right.value / 2, right.value * 2] : []).map((value) => ({
        kind: "number of a condition changed" as const,
        mistake: `${operator} ${value} in place of ${this.slice(right)}`,
        text: this.replaced(right, String(value)),
      })),
      ...(matching?.on ? this.withoutLabels("`on` label dropped", matching.names, operator) : []),
    ];
  }

  private withoutLabels(kind: MutationKind, names: Names, written: string): Draft[] {
    const labels = names.labels.map(({ name }) => name);
    return labels.map((dropped) => ({
      kind,
      mistake: `${dropped} dropped from ${kind === "`on` label dropped" ? `${written} on` : written}`,
      text: this.replaced(names, `(${labels.filter((label) => label !== dropped).join(", ")})`),
      label: dropped,
    }));
  }

  private slice({ from, to }: Span): string {
    return this.text.slice(from, to);
  }

  private replaced({ from, to }: Span, by: string): string {
    return this.text.slice(0, from) + by + this.text.slice(to);
  }
}

/** The word with two adjacent letters exchanged, or with the last letter doubled if all are equal. */
export function misspell(word: string): string {
  const at = [...word].findIndex((letter, index) => index > 0 && letter !== word[index - 1]);
  return at < 1 ? word + word.slice(-1) : `${word.slice(0, at - 1)}${word[at]}${word[at - 1]}${word.slice(at + 1)}`;
}

/** The text without the matcher, and without the comma next to it. */
function withoutMatcher(text: string, { from, to }: Span): string {
  const [after] = /^\s*,\s*/.exec(text.slice(to)) ?? [];
  const [before = ""] = after === undefined ? (/\s*,\s*$/.exec(text.slice(0, from)) ?? []) : [];
  return text.slice(0, from - before.length) + text.slice(to + (after?.length ?? 0));
}

/** The matchers of an expression as they are written, including repeated ones. */
export function writtenMatchers(text: string): readonly string[] {
  return matchersIn(text).map(({ from, to }) => text.slice(from, to));
}

/** The expression without a matcher, in all places. */
export function withoutMatchers(text: string, written: string): string {
  const same = matchersIn(text).filter(({ from, to }) => text.slice(from, to) === written);
  return same.reduceRight(withoutMatcher, text);
}

function matchersIn(text: string): readonly Matcher[] {
  return selectors(text).flatMap(({ matchers }) => matchers);
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
