import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import { type ChartPackage, chartPackage } from "./charts/chart-package";
import { grafanaFaults } from "./charts/grafana-faults";
import { type ChartReference, findHelm, type Helm, pull } from "./charts/helm";
import { keyFaults } from "./charts/key-faults";
import { type Levels, manifestFaults } from "./charts/manifest-faults";
import { manifests } from "./charts/manifests";
import { type Release, releases } from "./charts/releases";
import { type Command, Stopped, start } from "./command";
import { type Stack, synthesizedStacks } from "./synthesized-stacks";

export const checkCharts: Command = {
  name: "check:charts",
  positionals: {},
  options: {
    charts: {
      type: "string",
      value: "folder",
      help: "holds <name>-<version>.tgz of each chart; nothing is downloaded",
    },
  },
  help: `
Checks every value that we set in a Helm release, in all environments, against the chart's own keys: a key that the chart
does not know would be ignored without a word. Then renders each release with Helm and checks the manifests: pods that
the Pod Security level of their namespace admits, requests on every container, images of one version, no NetworkPolicy
and no reach that is not ours, Grafana's configuration and data sources as they were given.
Downloads the charts from their repositories with Helm (on PATH, or built with Go), unless they are in a folder.
Exits 1 with all that is wrong. Writes nothing.`,
  run: async ({ charts }) => {
    const stacks = synthesizedStacks();
    const folder = mkdtempSync(join(tmpdir(), "erp-observability-charts-"));
    try {
      return await check(stacks, folder, await findHelm(), typeof charts === "string" ? charts : undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function check(stacks: readonly Stack[], folder: string, helm?: Helm, charts?: string): Promise<number> {
  const found: Fault[] = [];
  const all = releases(stacks);
  for (const chart of distinct(all)) {
    const path = await packageOf(chart, folder, helm, charts);
    const known = chartPackage(path, chart.name, join(folder, chart.name));
    const own = all.filter((release) => release.chart.name === chart.name);
    const faults = (await Promise.all(own.map((release) => faultsOf(release, path, known, stacks, helm)))).flat();
    console.log(`${faults.length === 0 ? "passed" : "FAILED"}  ${chart.name} ${chart.version}`);
    found.push(...faults);
  }
  refuseAny(found, "values that their charts do not take as meant");
  if (helm) return 0;
  console.error("Not rendered: neither Helm nor Go, which could build it, is there. The keys alone were checked.");
  return process.env.CI === "true" ? 1 : 0;
}

async function faultsOf(release: Release, path: string, known: ChartPackage, stacks: readonly Stack[], helm?: Helm) {
  const keys = keyFaults(release, known);
  if (!helm) return keys;
  const rendered = await manifests(helm, release, path);
  if ("error" in rendered) return [...keys, unrendered(release, rendered.error)];
  const grafana = release.chart.name === "grafana" ? grafanaFaults(release, rendered) : [];
  return [...keys, ...manifestFaults(release, rendered, levels(stacks, release)), ...grafana];
}

function unrendered({ name, environment }: Release, error: string): Fault {
  return { place: `release ${name} of ${environment}`, rule: "must render", remedy: error };
}

async function packageOf(chart: ChartReference, folder: string, helm?: Helm, charts?: string): Promise<string> {
  if (charts === undefined) {
    if (helm) return pull(helm, chart, folder);
    throw new Stopped(
      "Downloading the charts needs Helm, or Go to build it; or say `--charts <folder>` where they are.",
    );
  }
  const path = join(charts, `${chart.name}-${chart.version}.tgz`);
  if (!existsSync(path)) throw new Stopped(`${path} is not there.`);
  return path;
}

function distinct(all: readonly Release[]): readonly ChartReference[] {
  return [...new Map(all.map(({ chart }) => [chart.name, chart])).values()];
}

/** Pod Security level of each namespace of the release's environment. */
function levels(stacks: readonly Stack[], { environment }: Release): Levels {
  const base = stacks.find(({ name }) => name === `${environment}-base`)?.resources ?? [];
  const namespaces = base
    .filter(({ type }) => type === "kubernetes_namespace_v1")
    .map(({ arguments: given }) => given.metadata);
  return Object.fromEntries(
    (namespaces as Namespace[]).map(({ name, labels }) => [name, labels["pod-security.kubernetes.io/enforce"] ?? ""]),
  );
}

interface Namespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

if (require.main === module) void start(checkCharts);
