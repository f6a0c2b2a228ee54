import type { Rule, RuleGroup } from "../../kit/alerts/rule-group";
import { inSeconds } from "../../kit/queries/duration";
import type { Failure, Findings } from "./check";
import { differences } from "./differences";
import type { Server } from "./server";

/**
 * A rule group, as the HTTP APIs of Prometheus and Loki return it. Only the fields that we read are listed.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#rules
 */
export interface LoadedGroup {
  readonly name: string;
  readonly interval: number;
  readonly rules: readonly LoadedRule[];
}

/** A loaded rule. Only the fields that we read are listed. @see https://prometheus.io/docs/prometheus/latest/querying/api/#rules */
export interface LoadedRule {
  readonly type?: "alerting" | "recording";
  readonly name: string;
  readonly query: string;
  readonly duration?: number;
  readonly keepFiringFor?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly health: "ok" | "err" | "unknown";
  readonly lastError?: string;
}

/** Returns an expression in the one form in which the server prints it. */
export type Format = (expression: string) => Promise<string>;

/** Paths of a server's HTTP API. */
interface RulePaths {
  /** Lists the loaded rules. */
  readonly rules: string;
  /** Returns an expression in the one form in which the server prints it. */
  readonly format: string;
}

/** Compares the rules of the configuration with those that a server has loaded. */
export async function compareRules(
  expected: readonly RuleGroup[],
  server: Server,
  paths: RulePaths,
): Promise<Findings> {
  const loaded = await loadedGroups(server, paths.rules);
  const failures = await ruleFailures(expected, loaded, server.name, formatter(server, paths.format));
  return { failures, extent: `${expected.flatMap(({ rules }) => rules).length} rules in ${expected.length} groups` };
}

/** The rule groups that a server has loaded. @param path lists them in the server's HTTP API */
export async function loadedGroups(server: Server, path: string): Promise<readonly LoadedGroup[]> {
  const { data } = await server.get<{ data: { groups: readonly LoadedGroup[] } }>(path);
  return data.groups;
}

/** Each expression is sent once. */
function formatter(server: Server, path: string): Format {
  const known = new Map<string, Promise<string>>();
  return (expression) => {
    const formatted =
      known.get(expression) ??
      server.get<{ data: string }>(path, { query: expression }).then(({ data }) => data.replace(/\s+/g, ""));
    known.set(expression, formatted);
    return formatted;
  };
}

/**
 * The differences between the rules of the configuration and those that a server has loaded.
 * @param server name of the server, for messages
 */
export async function ruleFailures(
  expected: readonly RuleGroup[],
  loaded: readonly LoadedGroup[],
  server: string,
  format: Format,
): Promise<readonly Failure[]> {
  const groups = await Promise.all(
    expected.map(async (group) => {
      const same = loaded.filter(({ name }) => name === group.name);
      const [found] = same;
      if (found === undefined) return [missingGroup(group, server)];
      const twice = same.length > 1 ? [duplicateGroup(group, same.length, server)] : [];
      return [
        ...twice,
        ...(await Promise.all(group.rules.map((rule) => failuresOf(rule, group, found, server, format)))).flat(),
      ];
    }),
  );
  return [...groups.flat(), ...foreignRules(expected, loaded, server), ...additionalRules(expected, loaded, server)];
}

function missingGroup({ name, rules }: RuleGroup, server: string): Failure {
  return {
    where: `rule group ${name}`,
    expected: `${server} has loaded its ${rules.length} rules`,
    found: "the group is not loaded: its object was deleted, or the operator refused it",
    runbook: "MonitoringConfigRejected",
  };
}

function duplicateGroup({ name }: RuleGroup, count: number, server: string): Failure {
  return {
    where: `rule group ${name}`,
    expected: `${server} has loaded it once`,
    found: `${count} groups with this name: another object contains a group of the same name`,
    runbook: "changed-object",
  };
}

async function failuresOf(
  rule: Rule,
  group: RuleGroup,
  { rules }: LoadedGroup,
  server: string,
  format: Format,
): Promise<Failure[]> {
  const where = `rule ${nameOf(rule)} of the group ${group.name}`;
  const named = rules.filter(({ name }) => name === nameOf(rule));
  const same = named.filter(({ labels = {} }) => hasLabels(labels, rule));
  const [found] = same.length > 0 ? same : named;
  if (found === undefined) {
    return [{ where, expected: `${server} has loaded it`, found: "it is not loaded", runbook: "changed-object" }];
  }
  const changed = differences(
    await content(rule, format),
    await loadedContent(rule, found, format),
    "extra fields are allowed",
  );
  return [
    ...(changed ? [{ where, ...changed, runbook: "changed-object" }] : []),
    ...(found.health === "err"
      ? [
          {
            where,
            expected: "healthy",
            found: found.lastError ?? "its evaluation fails",
            runbook: "PrometheusRulesNotEvaluated",
          },
        ]
      : []),
  ];
}

/** Rules with the name of one of ours in a group that is not ours: two rules would send the same alert or sample. */
function foreignRules(expected: readonly RuleGroup[], loaded: readonly LoadedGroup[], server: string): Failure[] {
  const groups = new Set(expected.map(({ name }) => name));
  const names = new Set(expected.flatMap(({ rules }) => rules.map(nameOf)));
  return loaded
    .filter(({ name }) => !groups.has(name))
    .flatMap(({ name, rules }) =>
      rules.filter((rule) => names.has(rule.name)).map((rule) => ({ rule: rule.name, group: name })),
    )
    .map(({ rule, group }) => ({
      where: `rule ${rule} of the group ${group}`,
      expected: `only our groups have a rule of this name on ${server}`,
      found: `the group ${group}, which is not in the configuration, has a rule of this name`,
      runbook: "changed-object",
    }));
}

function additionalRules(expected: readonly RuleGroup[], loaded: readonly LoadedGroup[], server: string): Failure[] {
  return expected.flatMap(({ name, rules }) => {
    const known = new Set(rules.map(nameOf));
    const found = loaded.filter((group) => group.name === name).flatMap((group) => group.rules);
    return found
      .filter((rule) => !known.has(rule.name))
      .map((rule) => ({
        where: `rule ${rule.name} of the group ${name}`,
        expected: `${server} has no such rule, because the configuration has none`,
        found: "a rule that is not in the configuration",
        runbook: "changed-object",
      }));
  });
}

function nameOf(rule: Rule): string {
  return "alert" in rule ? rule.alert : rule.record;
}

/** Several rules of a group may have one name and differ in their labels. */
function hasLabels(labels: Readonly<Record<string, string>>, rule: Rule): boolean {
  return !("alert" in rule) || Object.entries(rule.labels).every(([name, value]) => labels[name] === value);
}

/** The parts of a rule that are compared. Durations are in seconds, as the API returns them. */
async function content(rule: Rule, format: Format) {
  if (!("alert" in rule)) return { expression: await format(rule.expr) };
  return {
    expression: await format(rule.expr),
    for: inSeconds(rule.for ?? "0s"),
    keep_firing_for: inSeconds(rule.keep_firing_for ?? "0s"),
    labels: rule.labels,
    annotations: rule.annotations,
  };
}

async function loadedContent(
  rule: Rule,
  { query, duration = 0, keepFiringFor = 0, labels, annotations }: LoadedRule,
  format: Format,
) {
  if (!("alert" in rule)) return { expression: await format(query) };
  return { expression: await format(query), for: duration, keep_firing_for: keepFiringFor, labels, annotations };
}
