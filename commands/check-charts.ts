import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import { loadEnvironments } from "../settings/load-environments";
import { type ChartPackage, chartPackage } from "./charts/chart-package";
import { type Release, releases } from "./charts/chart-releases";
import { grafanaFaults } from "./charts/grafana-faults";
import { type ChartReference, findHelm, type Helm, pull } from "./charts/helm";
import { keyFaults } from "./charts/key-faults";
import { lokiFaults } from "./charts/loki-faults";
import { type Levels, manifestFaults } from "./charts/manifest-faults";
import { type Manifest, manifests } from "./charts/manifests";
import { type Command, CommandError, start } from "./command";
import type { Stack } from "./read-stack";
import { synthesizedStacks } from "./synthesized-stacks";

export const checkCharts: Command = {
  name: "check:charts",
  positionals: {},
  options: {
    charts: {
      type: "string",
      value: "folder",
      help: "folder with <name>-<version>.tgz of each chart; nothing is downloaded",
    },
  },
  help: `
Checks that every Helm value we set, in all environments, exists in its chart: a chart silently ignores unknown keys.
Then renders each release with Helm and checks the manifests:

  - The Pod Security level of the namespace admits each pod.
  - Each container requests CPU and memory, and its image has one exact version.
  - No NetworkPolicy comes from a chart, and no ClusterRole reads the Secrets of the whole cluster.
  - Prometheus selects each monitor and each rule.
  - Configuration and data sources reach Grafana unchanged, and Loki accepts its configuration.

Downloads the charts from their repositories, unless you name a folder. Uses Helm and Loki from PATH if they have the
pinned version, and otherwise builds them with Go, once. Writes nothing.

Exit code 0: nothing is wrong. 1: there are faults, and all of them are printed.`,
  run: async ({ charts }) => {
    const stacks = synthesizedStacks(loadEnvironments());
    const folder = mkdtempSync(join(tmpdir(), "erp-observability-charts-"));
    try {
      return await check(stacks, folder, findHelm(), typeof charts === "string" ? charts : undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function check(
  stacks: readonly Stack[],
  folder: string,
  helm: ReturnType<typeof findHelm>,
  charts: string | undefined,
): Promise<number> {
  if ("missing" in helm) throw new CommandError(`This command needs helm, ${helm.missing}.`);
  const found: Fault[] = [];
  const all = releases(stacks);
  for (const chart of distinctCharts(all)) {
    const path = charts === undefined ? await pull(helm, chart, folder) : packageIn(charts, chart);
    const known = chartPackage(path, chart.name, join(folder, chart.name));
    const chartReleases = all.filter((release) => release.chart.name === chart.name);
    const faults = (
      await Promise.all(chartReleases.map((release) => faultsOf(release, path, known, stacks, helm)))
    ).flat();
    console.log(`${faults.length === 0 ? "passed" : "FAILED"}  ${chart.name} ${chart.version}`);
    found.push(...faults);
  }
  refuseAny(found, "charts do not use these values as intended");
  return 0;
}

async function faultsOf(release: Release, path: string, known: ChartPackage, stacks: readonly Stack[], helm: Helm) {
  const keys = keyFaults(release, known);
  const rendered = await manifests(helm, release, path);
  if ("error" in rendered) return [...keys, renderFault(release, rendered.error)];
  return [
    ...keys,
    ...manifestFaults(release, rendered, podSecurityLevels(stacks, release)),
    ...(await chartSpecificFaults(release, rendered)),
  ];
}

/** Faults that only one of the charts can have. */
async function chartSpecificFaults(release: Release, rendered: readonly Manifest[]): Promise<readonly Fault[]> {
  if (release.chart.name === "grafana") return grafanaFaults(release, rendered);
  return release.chart.name === "loki" ? lokiFaults(release, rendered) : [];
}

function renderFault({ name, environment }: Release, error: string): Fault {
  return { place: `release ${name} of ${environment}`, rule: "must render", remedy: error };
}

function packageIn(folder: string, { name, version }: ChartReference): string {
  const path = join(folder, `${name}-${version}.tgz`);
  if (!existsSync(path)) {
    throw new CommandError(`${path} does not exist. Put the package there, or omit --charts to download all charts.`);
  }
  return path;
}

function distinctCharts(all: readonly Release[]): readonly ChartReference[] {
  return [...new Map(all.map(({ chart }) => [chart.name, chart])).values()];
}

/** Pod Security level of each namespace of the release's environment. */
function podSecurityLevels(stacks: readonly Stack[], { environment }: Release): Levels {
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
