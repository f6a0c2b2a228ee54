import type { Job } from "../../../kit/metrics/job";
import { addresses } from "../../../settings/addresses";
import { jobsOf } from "../../../subjects/listings";
import type { TeamMonitor } from "../../../subjects/team-monitors";
import type { WorkloadObject } from "../../rollouts/objects";
import type { Check, Failure } from "../check";
import { type Deployment, ourNamespaces } from "../deployment";
import { expectedTargets, type NodeCounts } from "../expected-targets";
import { readsPrometheus } from "../server-permissions";

/**
 * A target, as the HTTP API of Prometheus returns it. Only the fields that we read are listed.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#targets
 */
export interface Target {
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the scrape configuration, such as `podMonitor/monitoring/loki/0`. */
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly health: "up" | "down" | "unknown";
  readonly lastError: string;
}

export const targets: Check = {
  id: "targets",
  title: "every scrape target is up, in the expected number",
  permissions: [
    ...readsPrometheus,
    { resources: ["nodes"], verbs: ["list"] },
    { namespaces: ourNamespaces, group: "apps", resources: ["daemonsets"], verbs: ["list"] },
  ],
  async run(deployment) {
    const { prometheus, environment, signals } = deployment;
    const [{ data }, counts] = await Promise.all([
      prometheus.get<{ data: { activeTargets: readonly Target[] } }>("/api/v1/targets", { state: "active" }),
      nodeCounts(deployment),
    ]);
    const jobs = jobsOf(environment).filter(({ name }) => name in signals.keep);
    const failures = jobs.flatMap((job) =>
      failuresOf(job, data.activeTargets, expectedTargets(job, environment, counts)),
    );
    const ofTeams = signals.teams.flatMap(({ monitors }) =>
      monitors.flatMap((one) => failuresOfMonitor(one, data.activeTargets)),
    );
    return {
      failures: [...failures, ...ofTeams],
      extent: `${data.activeTargets.length} targets of ${jobs.length} jobs`,
    };
  },
};

async function nodeCounts(deployment: Deployment): Promise<NodeCounts> {
  const [nodes, workloads] = await Promise.all([deployment.listClusterWide("nodes"), deployment.workloads()]);
  const daemonSets = workloads.filter((object): object is WorkloadObject => object.kind === "DaemonSet");
  return {
    nodes: nodes.length,
    // Without any pod, the DaemonSet was stopped by hand: then the nodes are expected.
    daemonSets: new Map(
      daemonSets.map(({ metadata, status }) => [metadata.name, status.desiredNumberScheduled || nodes.length]),
    ),
  };
}

export function failuresOf(
  job: Job,
  all: readonly Target[],
  { least, most }: ReturnType<typeof expectedTargets>,
): Failure[] {
  const own = all.filter((target) => belongsTo(target, job));
  const runbooks = job.team === "erp" ? "Erp" : "Platform";
  const count =
    own.length < least || own.length > most
      ? [
          {
            where: `scrape job ${job.name}`,
            expected: least === most ? targetsText(least) : `${least} to ${most} targets`,
            found:
              own.length === 0
                ? `no target: its ${monitorKind(job)} is missing, or selects no pod`
                : targetsText(own.length),
            runbook: `${runbooks}TargetsMissing`,
          },
        ]
      : [];
  const down = own
    .filter(({ health }) => health === "down")
    .map((target) => ({
      where: `target ${target.scrapeUrl} of the job ${job.name}`,
      expected: "up",
      found: errorText(target.lastError),
      runbook: `${runbooks}TargetsDown`,
    }));
  return [...count, ...down];
}

/** A monitor of a team selects any number of targets, but a monitor without any has a mistake in its selector or its port. */
export function failuresOfMonitor({ team, monitor }: TeamMonitor, all: readonly Target[]): Failure[] {
  const kind = monitor.kind === "PodMonitor" ? "podMonitor" : "serviceMonitor";
  const { name } = monitor.metadata;
  const own = all.filter(({ scrapePool }) =>
    scrapePool.startsWith(`${kind}/${addresses.prometheus.namespace}/${name}/`),
  );
  const where = `${monitor.kind} ${name} of the team ${team}`;
  if (own.length === 0) {
    const found = "no target: its selector or the name of its port is wrong, or no pod runs";
    return [{ where, expected: "at least one target", found, runbook: "PlatformTargetsMissing" }];
  }
  return own
    .filter(({ health }) => health === "down")
    .map(({ scrapeUrl, lastError }) => ({
      where: `target ${scrapeUrl} of the ${where}`,
      expected: "up",
      found: errorText(lastError),
      runbook: "PlatformTargetsDown",
    }));
}

function targetsText(count: number): string {
  return count === 1 ? "1 target" : `${count} targets`;
}

function monitorKind({ scrapedBy }: Job): string {
  return scrapedBy === "chart" ? "ServiceMonitor" : scrapedBy;
}

/** Jobs of the kubelet, and a program and its config reloader, have the same value of the label `job`. */
function belongsTo({ labels }: Target, job: Job): boolean {
  return ["job", "metrics_path", "endpoint"].every((name) => {
    const label = job.labels[name];
    const value = labels[name];
    return label === undefined || !("values" in label) || value === undefined || label.values?.includes(value);
  });
}

function errorText(error: string): string {
  if (/context deadline exceeded|i\/o timeout|Client\.Timeout/.test(error)) return `it hangs: ${error}`;
  return error === "" ? "down" : error;
}
