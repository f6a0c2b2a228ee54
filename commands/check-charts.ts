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
      help: "holds <name>-<version>.tgz of each chart; nothing is downloaded",
    },
  },
  help: `
Checks every value that we set in a Helm release, in all environments, against the chart's own keys: a key that the chart
does not know would be ignored without a word. Then renders each release with Helm and checks the manifests: pods that
the Pod Security level of their namespace admits, requests on every container, images of one version, no NetworkPolicy
and no reach that is not ours, Grafana's configuration and data sources as they were given, a configuration that Loki takes.
Downloads the charts from their repositories, unless they are in a folder. Helm and Loki are those on PATH in the pinned
version, or built with Go, once. Exits 1 with all that is wrong. Writes nothing.`,
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
  if ("missing" in helm) throw new CommandError(`This needs helm, ${helm.missing}.`);
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
  refuseAny(found, "values that their charts do not take as meant");
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

/** What only one of the charts can get wrong. */
async function chartSpecificFaults(release: Release, rendered: readonly Manifest[]): Promise<readonly Fault[]> {
  if (release.chart.name === "grafana") return grafanaFaults(release, rendered);
  return release.chart.name === "loki" ? lokiFaults(release, rendered) : [];
}

function renderFault({ name, environment }: Release, error: string): Fault {
  return { place: `release ${name} of ${environment}`, rule: "must render", remedy: error };
}

function packageIn(folder: string, { name, version }: ChartReference): string {
  const path = join(folder, `${name}-${version}.tgz`);
  if (!existsSync(path)) throw new CommandError(`${path} is not there.`);
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
