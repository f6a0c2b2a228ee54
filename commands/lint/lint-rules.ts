import type { Fault } from "../../faults";
import { checkLabelsRead, checkVariables } from "../../kit/alerts/check-alert";
import { checkTemplate } from "../../kit/alerts/check-texts";
import { inSeconds } from "../../kit/queries/duration";
import { suggestion } from "../../kit/queries/matching";
import { recordedSeries, type Series, type Vocabulary } from "../../kit/queries/series";
import { checkAny } from "./check-any";
import { type CheckId, checkOfQueryRule, type Finding, findingAt } from "./finding";
import type { SourceNode } from "./source";

/** Fields of a group and of a rule in Prometheus' format, which refuses others. Loki's groups also have those after the bar. */
const groupFields = [
  "name",
  "interval",
  "query_offset",
  "limit",
  "labels",
  "rules",
  "partial_response_strategy",
  "remote_write",
];
const ruleFields = ["record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"];

/** Findings in the rule groups of a file. */
export function lintRules(file: string, groups: SourceNode, given: Vocabulary, scrapeSeconds?: number): Finding[] {
  if (!Array.isArray(groups.value)) {
    return [
      formFinding(file, groups, "groups", "must be a list of rule groups", "write `groups:` and a list below it"),
    ];
  }
  const vocabulary = addRecordings(given, groups, scrapeSeconds);
  const names = groups.items.map((group) => String(group.at("name").value));
  return groups.items.flatMap((group, index) => [
    ...lintGroup(file, group, vocabulary, scrapeSeconds),
    ...(names.indexOf(names[index] ?? "") < index
      ? [
          findingAt(file, group.at("name"), "duplicate", {
            place: "rule group",
            value: names[index] ?? "",
            rule: "must have a name that no other group of the file has: Prometheus refuses the file",
            remedy: "rename one of them, or move the rules to one group",
          }),
        ]
      : []),
  ]);
}

/** The vocabulary with the recording rules of the file. */
function addRecordings(given: Vocabulary, groups: SourceNode, scrapeSeconds?: number): Vocabulary {
  const known = new Map(given);
  for (const rule of groups.items.flatMap((group) => group.at("rules").items)) {
    const { record, expr, labels } = (rule.value ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof record !== "string" || typeof expr !== "string" || given.has(record)) continue;
    const texts = Object.fromEntries(Object.entries(labels ?? {}).map(([name, value]) => [name, String(value)]));
    const recorded = recordedSeries(record, texts, checkAny(expr, known, { scrapeSeconds }).series);
    // How often a recording has a sample depends on the settings of Prometheus.
    const unpaced = recorded.map(({ interval: _, ...one }) => one);
    known.set(record, [...(known.get(record) ?? []), ...unpaced]);
  }
  return known;
}

function lintGroup(file: string, group: SourceNode, vocabulary: Vocabulary, scrapeSeconds?: number): Finding[] {
  const content = (group.value ?? {}) as Readonly<Record<string, unknown>>;
  const place = `group ${content.name ?? "without a name"}`;
  if (typeof content.name !== "string" || content.name === "")
    return [formFinding(file, group, place, "must have a name", "add `name:`")];
  const rules = group.at("rules").items;
  return [
    ...unknownFields(file, group, groupFields, place),
    ...["interval", "query_offset"].flatMap((field) => durationFindings(file, group, field, place)),
    ...rules.flatMap((rule) => lintRule(file, rule, place, vocabulary, scrapeSeconds)),
    ...identicalRules(file, rules, place),
  ];
}

function identicalRules(file: string, rules: readonly SourceNode[], group: string): Finding[] {
  const keys = rules.map(({ value }) => JSON.stringify(value));
  return rules.flatMap((rule, index) => {
    const first = keys.indexOf(keys[index] ?? "");
    if (first === index) return [];
    const fault = {
      place: `${group}: ${nameOf(rule)}`,
      rule: "must not be written twice",
      remedy: "remove one of the two",
    };
    return [findingAt(file, rule, "duplicate", fault)];
  });
}

function nameOf(rule: SourceNode): string {
  const { alert, record } = (rule.value ?? {}) as Readonly<Record<string, unknown>>;
  return alert !== undefined ? `alert ${alert}` : `record ${record}`;
}

function lintRule(
  file: string,
  rule: SourceNode,
  group: string,
  vocabulary: Vocabulary,
  scrapeSeconds?: number,
): Finding[] {
  const content = (rule.value ?? {}) as Readonly<Record<string, unknown>>;
  const { alert, record, expr } = content;
  if ((alert === undefined) === (record === undefined)) {
    return [formFinding(file, rule, group, "each rule must have either `alert` or `record`", "write one of them")];
  }
  const place = `${group}: ${nameOf(rule)}`;
  const forms = [
    ...unknownFields(file, rule, ruleFields, place),
    ...["for", "keep_firing_for"].flatMap((field) => durationFindings(file, rule, field, place)),
    ...(record === undefined ? [] : recordFindings(file, rule, content, place)),
    ...["labels", "annotations"].flatMap((field) => textFindings(file, rule.at(field), `${place}: ${field}`)),
  ];
  if (typeof expr !== "string" || expr.trim() === "") {
    return [...forms, formFinding(file, rule, place, "must have an expression, as text", "add `expr:`")];
  }
  const { findings, series } = checkAny(expr, vocabulary, { scrapeSeconds });
  const at = rule.at("expr");
  return [
    ...forms,
    ...findings.map(({ from, ...finding }) => {
      const fault = {
        place: `${place}: expr`,
        value: excerpt(expr, from, finding.to),
        rule: finding.rule,
        remedy: finding.remedy,
      };
      return findingAt(file, at, checkOfQueryRule(finding.rule), fault, at.isBlock ? 1 + linesBefore(expr, from) : 0);
    }),
    ...checkVariables(expr, `${place}: expr`).map((fault) => findingAt(file, at, "variable", fault)),
    ...(alert === undefined ? [] : lintTexts(file, rule, findings.length > 0 ? undefined : series, place)),
  ];
}

/** The part of an expression that a finding is about, in one line. */
export function excerpt(expression: string, from: number, to: number): string {
  return expression
    .slice(from, Math.max(to, from + 1))
    .replace(/\s+/g, " ")
    .slice(0, 120);
}

export function linesBefore(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}

function lintTexts(file: string, rule: SourceNode, series: readonly Series[] | undefined, place: string): Finding[] {
  const annotations = rule.at("annotations");
  const texts = [rule.at("labels"), annotations].flatMap((node) =>
    Object.entries((node.value ?? {}) as object).flatMap(([name, text]) =>
      typeof text === "string" ? [{ name, text, node: node.at(name) }] : [],
    ),
  );
  const readable = ["summary", "description", "message"].some(
    (name) => String((annotations.value as Readonly<Record<string, unknown>> | undefined)?.[name] ?? "").trim() !== "",
  );
  const of = (check: CheckId, node: SourceNode) => (fault: Fault) => findingAt(file, node, check, fault);
  return [
    ...(readable
      ? []
      : [
          findingAt(file, rule, "summary", {
            place: `${place}: annotations`,
            rule: "must have a `summary` or a `description`: a notification would contain only the name of the alert",
            remedy: "write one sentence about the problem as `summary`",
          }),
        ]),
    ...texts.flatMap(({ name, text, node }) => [
      ...checkTemplate(text, `${place}: ${name}`).map(of("template", node)),
      ...checkLabelsRead(text, series ?? [], `${place}: ${name}`).map(of("text-label", node)),
    ]),
  ];
}

function recordFindings(
  file: string,
  rule: SourceNode,
  content: Readonly<Record<string, unknown>>,
  place: string,
): Finding[] {
  const given = ["for", "keep_firing_for", "annotations"].filter((field) => content[field] !== undefined);
  return given.map((field) =>
    formFinding(file, rule.at(field), `${place}: ${field}`, "a recording rule must not have this field", "remove it"),
  );
}

/** YAML reads `5` as a number, which Prometheus refuses as a duration. */
function durationFindings(file: string, parent: SourceNode, field: string, place: string): Finding[] {
  const node = parent.at(field);
  const { value } = node;
  if (value === undefined || value === null || value === 0 || value === "0") return [];
  if (typeof value === "string" && !Number.isNaN(inSeconds(value))) return [];
  const rule = "must be a duration of Prometheus: numbers with their units";
  const remedy = typeof value === "number" ? `add the unit, such as \`${value}m\`` : "write it such as `5m` or `1h30m`";
  return [findingAt(file, node, "form", { place: `${place}: ${field}`, value: String(value), rule, remedy })];
}

/** Prometheus refuses labels and annotations that YAML reads as something else than text. */
function textFindings(file: string, node: SourceNode, place: string): Finding[] {
  if (node.value === undefined || node.value === null) return [];
  if (typeof node.value !== "object" || Array.isArray(node.value))
    return [formFinding(file, node, place, "must be names with texts", "write `name: text` on a line of its own")];
  return Object.entries(node.value).flatMap(([name, value]) =>
    value !== null && typeof value === "object"
      ? [formFinding(file, node.at(name), `${place}: ${name}`, "must be a text", "write it in quotes")]
      : [],
  );
}

function unknownFields(file: string, node: SourceNode, known: readonly string[], place: string): Finding[] {
  return Object.keys((node.value ?? {}) as object)
    .filter((field) => !known.includes(field))
    .map((field) =>
      findingAt(file, node.at(field), "form", {
        place,
        value: field,
        rule: "must have only fields that Prometheus knows, because it refuses the file",
        remedy: suggestion(field, known),
      }),
    );
}

function formFinding(file: string, node: SourceNode, place: string, rule: string, remedy: string): Finding {
  return findingAt(file, node, "form", { place, rule, remedy });
}
