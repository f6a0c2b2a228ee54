import type { Fault } from "../faults";
import { repeatedNames } from "../kit/queries/repeated-names";
import type { Environment } from "../settings/environment";
import { monitorsOfTeams } from "../settings/team-files";
import type { Monitor } from "../settings/team-monitors";

/** A monitor of a team, as it is deployed. */
export interface TeamMonitor {
  readonly team: string;
  /** Path of the file. */
  readonly path: string;
  readonly monitor: Monitor;
}

/**
 * The monitors of all teams of an environment. Each selects namespaces of its team only.
 * @param labels labels by which Prometheus selects monitors
 */
export function teamMonitors(
  environment: Environment,
  labels: Readonly<Record<string, string>>,
): readonly TeamMonitor[] {
  return monitorsOfTeams(environment).flatMap(({ team, path, content }) =>
    content.map((written) => ({ team, path, monitor: deployed(written, namespacesOf(environment, team), labels) })),
  );
}

function namespacesOf({ teams = {} }: Environment, team: string): readonly string[] {
  return teams[team]?.namespaces ?? [];
}

function deployed(written: Monitor, namespaces: readonly string[], labels: Readonly<Record<string, string>>): Monitor {
  const { metadata, spec } = written;
  return {
    ...written,
    metadata: { ...metadata, labels: { ...metadata.labels, ...labels } },
    spec: { ...spec, namespaceSelector: spec.namespaceSelector ?? { matchNames: [...namespaces] } },
  } as Monitor;
}

/** The names of the product that monitors of teams must not use again. */
export interface ProductJobs {
  /** Names of the scrape jobs. */
  readonly jobs: readonly string[];
  /** Kinds and names of the monitors in the namespace in which those of teams are deployed, such as `PodMonitor/loki`. */
  readonly monitors: readonly string[];
}

/** Faults of the monitors of teams. Their form is correct. */
export function checkTeamMonitors(environment: Environment, product: ProductJobs): Fault[] {
  const files = monitorsOfTeams(environment);
  return [
    ...checkNames(files, product.monitors),
    ...files.flatMap(({ team, path, content }) =>
      content.flatMap((monitor) => {
        const place = `${path}: ${monitor.metadata.name}`;
        return [
          ...checkNamespaces(monitor, team, namespacesOf(environment, team), place),
          ...checkJobs(monitor, product.jobs, place),
        ];
      }),
    ),
  ];
}

/** Helm refuses an object that another release has. */
function checkNames(files: ReturnType<typeof monitorsOfTeams>, product: readonly string[]): Fault[] {
  const monitors = files.flatMap(({ path, content }) =>
    content.map(({ kind, metadata }) => ({
      name: `${kind}/${metadata.name}`,
      place: path,
      kind,
      value: metadata.name,
    })),
  );
  return repeatedNames(monitors, product).map(({ place, kind, value, other }) => ({
    place: `${place}: metadata.name`,
    rule: `must have a name that no other ${kind} has: ${other} has it too`,
    value,
    remedy: "begin the name with that of the team",
  }));
}

function checkNamespaces({ spec }: Monitor, team: string, own: readonly string[], place: string): Fault[] {
  if (own.length === 0) {
    const rule = "must select a namespace, but the team has none";
    return [{ place, rule, remedy: `add \`namespaces\` to \`teams.${team}\` in the settings of the environment` }];
  }
  const rule = "must be a namespace of the team";
  return (spec.namespaceSelector?.matchNames ?? [])
    .filter((name) => !own.includes(name))
    .map((value) => ({
      place: `${place}: spec.namespaceSelector.matchNames`,
      rule,
      value,
      remedy: `use one of ${own.join(", ")}, or add it to \`teams.${team}.namespaces\``,
    }));
}

/** Rules and panels of the product would read the samples of the team as those of its own job. */
function checkJobs({ spec }: Monitor, jobs: readonly string[], place: string): Fault[] {
  const endpoints = "endpoints" in spec ? spec.endpoints : spec.podMetricsEndpoints;
  const written = endpoints.flatMap(({ relabelings = [] }) =>
    relabelings.flatMap(({ targetLabel, replacement = "" }) => (targetLabel === "job" ? replacement : [])),
  );
  return written
    .filter((job) => jobs.includes(job))
    .map((value) => ({
      place: `${place}: relabelings`,
      rule: "must not write the name of a scrape job of the product into `job`",
      value,
      remedy: "begin the name with that of the team",
    }));
}
