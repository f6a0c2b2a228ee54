import { parser } from "@grafana/lezer-logql";
import { completeVariables } from "../grafana-variables";
import type { Matcher } from "../matching";
import { type Mutation, misspell } from "../promql/mutations";
import type { Span } from "../query-finding";
import { descendants, parseMatcher, parseNames } from "./logql-syntax";
import { fixedRanges } from "./ranges";

/** A LogQL expression with one deliberate mistake. */
export type LogqlMutation = Pick<Mutation, "kind" | "mistake" | "text" | "label">;

/** The LogQL expression with each possible mistake in one of its matchers, groupings and ranges. */
export function logqlMutations(written: string): readonly LogqlMutation[] {
  const source = completeVariables(written, (text) => parser.parse(text));
  const matchers = descendants(source.tree.topNode, /^Matcher$/).flatMap((node) => parseMatcher(node, source) ?? []);
  const groupings = descendants(source.tree.topNode, /^Grouping$/).map((node) => parseNames(node, source));
  const replaced = ({ from, to }: Span, by: string) => written.slice(0, from) + by + written.slice(to);
  return [
    ...matchers.flatMap((matcher) => matcherMutations(matcher, replaced)),
    ...groupings.flatMap((names) =>
      names.labels.map(({ name }) => {
        const left = names.labels.filter((label) => label.name !== name).map((label) => label.name);
        const text = replaced(names, `by (${left.join(", ")})`);
        return { kind: "grouping label dropped" as const, mistake: `${name} dropped`, text, label: name };
      }),
    ),
    ...fixedRanges(written).flatMap((range) =>
      [range.seconds / 4, range.seconds * 4].map((seconds) => ({
        kind: "range changed" as const,
        mistake: `[${written.slice(range.from, range.to)}] is ${Math.round(seconds)}s`,
        text: replaced(range, `${Math.round(seconds)}s`),
      })),
    ),
  ];
}

function matcherMutations(matcher: Matcher, replaced: (span: Span, by: string) => string): readonly LogqlMutation[] {
  const { label, operator, value } = matcher;
  const opposite = { "=": "!=", "!=": "=", "=~": "!~", "!~": "=~" }[operator];
  const misspelt = [...value.matchAll(/[a-zA-Z]{2,}/g)].at(-1)?.[0];
  const write = (label: string, operator: string, value: string) => replaced(matcher, `${label}${operator}"${value}"`);
  const written = `{${label}${operator}"${value}"}`;
  return [
    { kind: "matcher negated", mistake: `${written} negated`, text: write(label, opposite, value) },
    {
      kind: "label name misspelt",
      mistake: `${written} with its label misspelt`,
      text: write(misspell(label), operator, value),
    },
    ...(misspelt === undefined || value.includes(`$${misspelt}`)
      ? []
      : [
          {
            kind: "label value misspelt" as const,
            mistake: `${written} with its value misspelt`,
            text: write(label, operator, value.replace(misspelt, misspell(misspelt))),
          },
        ]),
  ];
}
