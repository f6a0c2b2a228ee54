import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDirectory } from "./stack-directory";

type Resources = Readonly<Record<string, Readonly<Record<string, Resource>>>>;

interface Resource {
  readonly metadata?: { readonly name?: string };
  readonly name?: string;
  readonly version?: string;
  readonly values?: readonly string[];
}

/** What each stack holds, read from what was written. */
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
  const numbers = [objects.length, releases.map(alerts).reduce(sum, 0), dashboards(resources)].map(String);
  const [count = "", alertCount = "", dashboardCount = ""] = numbers;
  return [[stack, count, first, alertCount, dashboardCount], ...others.map((release) => ["", "", release, "", ""])];
}

function resourcesOf({ path }: StackDirectory): Resources {
  return JSON.parse(readFileSync(join(path, "cdk.tf.json"), "utf8")).resource ?? {};
}

/** Only our own chart, which has no version, carries rules of ours: as custom resources, where others say requests. */
function alerts({ version, values: [values = "{}"] = [] }: Resource): number {
  const { resources = {} } = version === undefined ? JSON.parse(values) : {};
  const rules = Object.values<{ spec: { groups?: { rules: object[] }[] } }>(resources)
    .flatMap(({ spec }) => spec.groups ?? [])
    .flatMap((group) => group.rules);
  return rules.filter((rule) => "alert" in rule).length;
}

function dashboards({ kubernetes_config_map_v1: maps = {} }: Resources): number {
  return Object.values(maps).filter(({ metadata }) => metadata?.name?.startsWith("dashboard-")).length;
}

function sum(one: number, other: number): number {
  return one + other;
}
