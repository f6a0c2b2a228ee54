import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { loadEnvironments } from "../settings/load-environments";
import { type Chart, charts as pinnedCharts } from "../settings/versions";
import { type ChartPackage, chartPackage } from "./charts/chart-package";
import { type Release, releases } from "./charts/chart-releases";
import { grafanaFaults } from "./charts/grafana-faults";
import { type ChartReference, findHelm, type Helm, pull } from "./charts/helm";
import { keyFaults } from "./charts/key-faults";
import { lokiFaults } from "./charts/loki-faults";
import { type Levels, manifestFaults } from "./charts/manifest-faults";
import { manifestFiles } from "./charts/manifest-files";
import { type Manifest, parseManifests, renderedDocuments } from "./charts/manifests";
import { placementFaults } from "./charts/placement-faults";
import { imagesOf } from "./charts/pods";
import { versionFaults } from "./charts/version-faults";
import { type Command, CommandError, start } from "./command";
import type { Stack } from "./read-stack";
import { write } from "./rendering/folder";
import { synthesizedStacks } from "./synthesized-stacks";
import { inTemporaryFolder } from "./temporary-folder";

export const checkCharts: Command = {
  name: "check:charts",
  positionals: {},
  options: {
    charts: {
      type: "string",
      value: "folder",
      help: "folder with <name>-<version>.tgz of each chart; nothing is downloaded",
    },
    "every-choice": {
      type: "boolean",
      help: "also checks the environments of the tests, which use every chart and make every choice of settings",
    },
    manifests: {
      type: "string",
      value: "folder",
      help: "writes all rendered manifests to this folder, even if there are faults",
    },
  },
  help: `
Checks that every Helm value we set, in all environments, exists in its chart: a chart silently ignores unknown keys.
Compares the versions in settings/versions.ts with those that each chart contains. Then renders each release with Helm
and checks the manifests:

  - The Pod Security level of the namespace admits each pod.
  - Each pod has a PriorityClass, and the pull secrets and the placement that \`pods\` in the settings states. Each container requests CPU and memory, and its image has one exact version.
  - No liveness probe asks another server.
  - No NetworkPolicy comes from a chart. No ClusterRole permits commands in the containers of the cluster, and only the
operator's reads its Secrets.
  - Prometheus selects each monitor and each rule.
  - Configuration and data sources reach Grafana unchanged, and Loki accepts its configuration.

Downloads the charts from their repositories, unless you name a folder. Uses Helm and Loki from PATH if they have the
pinned version, and otherwise builds them with Go, once.

To see what a change of a chart or of its values changes in the cluster, commit it, and compare the manifests with those
of another commit: \`.ci/chart-changes <worktree of the other commit> <new folder>\`.

Exit code 0: nothing is wrong. 1: there are faults, and all of them are printed.`,
  run: ({ charts, "every-choice": everyChoice, manifests: target }) =>
    inTemporaryFolder(async (folder) => {
      const helm = findHelm();
      if ("missing" in helm) throw new CommandError(`This command needs helm, ${helm.missing}.`);
      const sources = { helm, folder, ...(typeof charts === "string" && { charts }) };
      const checked = [
        ...checkedReleases(loadEnvironments()),
        ...(everyChoice === true ? await everyChoiceOfTests() : []),
      ];
      const { faults, files } = await check(checked, everyChoice === true, sources);
      if (typeof target === "string") write(target, files);
      refuseAny(faults, "charts do not use these values as intended");
      return 0;
    }),
};

interface CheckedRelease {
  readonly release: Release;
  readonly environment: Environment;
  /** Pod Security level of each namespace of its environment. */
  readonly levels: Levels;
}

function checkedReleases(environments: readonly Environment[]): readonly CheckedRelease[] {
  const stacks = synthesizedStacks(environments);
  const byName = new Map(environments.map((environment) => [environment.name, environment]));
  return releases(stacks).flatMap((release) => {
    const environment = byName.get(release.environment);
    return environment ? [{ release, environment, levels: podSecurityLevels(stacks, release) }] : [];
  });
}

/** The releases of the tests' environments, whose charts come from their own repositories. */
async function everyChoiceOfTests(): Promise<readonly CheckedRelease[]> {
  const { everyChoice } = await import("../__tests__/fixtures/choices");
  const reachable = everyChoice.map((one) => ({ ...one, mirrors: { ...one.mirrors, charts: undefined } }));
  return checkedReleases(reachable).map(({ release, ...rest }) => ({
    release: { ...release, environment: `test-${release.environment}` },
    ...rest,
  }));
}

/** Where packages of charts come from. */
interface Sources {
  readonly helm: Helm;
  /** Temporary folder, to which packages are downloaded and unpacked. */
  readonly folder: string;
  /** Folder with packages. @default they are downloaded */
  readonly charts?: string;
}

/** Checks all releases of each chart, and prints the result of each chart. */
async function check(
  checked: readonly CheckedRelease[],
  complete: boolean,
  { helm, folder, charts }: Sources,
): Promise<Omit<Outcome, "manifests">> {
  const found: Fault[] = [];
  const files = new Map<string, string>();
  for (const chart of distinctCharts(checked.map(({ release }) => release))) {
    const path = charts === undefined ? await pull(helm, chart, folder) : packageIn(charts, chart);
    const known = chartPackage(path, chart.name, join(folder, chart.name));
    const ofChart = checked.filter(({ release }) => release.chart.name === chart.name);
    const outcomes = await Promise.all(ofChart.map((one) => checkRelease(one, path, known, helm)));
    const images = outcomes.flatMap(({ manifests }) => manifests.flatMap(imagesOf));
    const pinned: Chart | undefined = Object.values(pinnedCharts).find(({ name }) => name === chart.name);
    const faults = [
      ...outcomes.flatMap((outcome) => outcome.faults),
      ...(pinned ? versionFaults(pinned, { appVersion: known.appVersion, images, complete }) : []),
    ];
    console.log(`${faults.length === 0 ? "passed" : "FAILED"}  ${chart.name} ${chart.version}`);
    found.push(...faults);
    for (const outcome of outcomes) for (const [file, text] of outcome.files) files.set(file, text);
  }
  return { faults: found, files };
}

interface Outcome {
  readonly faults: readonly Fault[];
  readonly manifests: readonly Manifest[];
  /** The rendered documents, by path. */
  readonly files: ReadonlyMap<string, string>;
}

async function checkRelease(
  { release, environment, levels }: CheckedRelease,
  path: string,
  known: ChartPackage,
  helm: Helm,
): Promise<Outcome> {
  const keys = keyFaults(release, known);
  const documents = await renderedDocuments(helm, release, path);
  if ("error" in documents) {
    return { faults: [...keys, renderFault(release, documents.error)], manifests: [], files: new Map() };
  }
  const rendered = parseManifests(documents);
  return {
    faults: [
      ...keys,
      ...manifestFaults(release, rendered, levels),
      ...placementFaults(release, rendered, environment),
      ...(await chartSpecificFaults(release, rendered)),
    ],
    manifests: rendered,
    files: manifestFiles(release, documents),
  };
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
  // The first one, because the settings of the user may name a mirror.
  return all
    .map(({ chart }) => chart)
    .filter((chart, index, list) => list.findIndex(({ name }) => name === chart.name) === index);
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
