import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDirectory } from "./stack-directory";

type Resources = Readonly<Record<string, Readonly<Record<string, Resource>>>>;

/**
 * The arguments of a `helm_release` or of a Kubernetes object in `cdk.tf.json`. Only a ConfigMap has `data`. Only the
 * fields that we read are listed.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
interface Resource {
  readonly metadata?: { readonly name?: string };
  readonly name?: string;
  readonly version?: string;
  readonly values?: readonly string[];
  readonly data?: Readonly<Record<string, string>>;
}

/** A table of the contents of each synthesised stack. */
export function synthTable(stacks: readonly StackDirectory[]): string {
  const rows = stacks.flatMap((stack) => rowsOf(stack.name, resourcesOf(stack)));
  const header = ["stack", "resources", "chart releases", "alerts", "dashboards"];
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? title.length)),
  );
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function rowsOf(stack: string, resources: Resources): string[][] {
  const objects = Object.values(resources).flatMap((named) => Object.values(named));
  const releases = Object.values(resources.helm_release ?? {});
  const [first = "", ...others] = releases
    .map(({ name, version }) => `${name} ${version ?? "(this project's)"}`)
    .sort();
  const numbers = [objects.length, objects.map(alerts).reduce(sum, 0), dashboards(resources)].map(String);
  const [count = "", alertCount = "", dashboardCount = ""] = numbers;
  return [[stack, count, first, alertCount, dashboardCount], ...others.map((release) => ["", "", release, "", ""])];
}

function resourcesOf({ path }: StackDirectory): Resources {
  return JSON.parse(readFileSync(join(path, "cdk.tf.json"), "utf8")).resource ?? {};
}

/**
 * The number of alerts that a resource defines. In our own chart, which has no version, the value `resources` contains
 * custom resources, and in other charts it contains resource requests. Loki reads rules from a file. Both contain the
 * groups of a Prometheus rule file.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group
 */
function alerts({ version, values: [values = "{}"] = [], data }: Resource): number {
  const { resources = {} } = version === undefined ? JSON.parse(values) : {};
  const specs = Object.values<{ spec: { groups?: Group[] } }>(resources).map(({ spec }) => spec);
  const files: { groups?: Group[] } = JSON.parse(data?.["rules.yaml"] ?? "{}");
  const rules = [...specs, files].flatMap(({ groups = [] }) => groups).flatMap((group) => group.rules);
  return rules.filter((rule) => "alert" in rule).length;
}

interface Group {
  readonly rules: readonly object[];
}

function dashboards({ kubernetes_config_map_v1: maps = {} }: Resources): number {
  return Object.values(maps).filter(({ metadata }) => metadata?.name?.startsWith("dashboard-")).length;
}

function sum(one: number, other: number): number {
  return one + other;
}
