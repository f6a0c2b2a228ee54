import type { WorkloadObject } from "../../rollouts/objects";
import type { Check, Failure } from "../check";
import { type Deployment, ourNamespaces } from "../deployment";
import { objectName } from "../expected-objects";

/** A workload that was scaled by hand is ready with fewer pods, so that its rollout looks complete. */
export const replicas: Check = {
  id: "replicas",
  title: "every workload has the configured number of pods, and at least one",
  permissions: [
    {
      namespaces: ourNamespaces,
      group: "apps",
      resources: ["deployments", "statefulsets", "daemonsets"],
      verbs: ["list"],
    },
  ],
  async run(deployment) {
    const workloads = (await deployment.workloads()).filter(isScaled);
    const configured = configuredReplicas(deployment);
    const failures = workloads.flatMap((workload): Failure[] => {
      const where = objectName(workload);
      const found = replicasOf(workload);
      const expected = configured.get(where);
      if (expected === undefined ? found > 0 : found === expected) return [];
      return [
        {
          where,
          expected: expected === undefined ? "at least 1 pod" : podsText(expected),
          found: `${podsText(found)}: it was scaled by hand, or no node fits`,
          runbook: "changed-object",
        },
      ];
    });
    return { failures, extent: `${workloads.length} workloads` };
  },
};

function podsText(count: number): string {
  return count === 1 ? "1 pod" : `${count} pods`;
}

function isScaled(object: { readonly kind: string }): object is WorkloadObject {
  return ["Deployment", "StatefulSet", "DaemonSet"].includes(object.kind);
}

function replicasOf({ spec, status }: WorkloadObject): number {
  return spec.replicas ?? status.desiredNumberScheduled ?? 0;
}

/** The replicas of the workloads that our stacks and the operator's resources fix. An autoscaler changes the others. */
function configuredReplicas({ objects, environment }: Deployment): ReadonlyMap<string, number> {
  const own = objects
    .filter(({ kind }) => kind === "Deployment")
    .flatMap((object) => {
      const { replicas } = object.manifest.spec as WorkloadObject["spec"];
      return replicas === undefined ? [] : [[objectName(object), Number(replicas)] as const];
    });
  return new Map([
    ...own,
    ["StatefulSet monitoring/prometheus-kube-prometheus-stack-prometheus", environment.prometheus.replicas],
    ["StatefulSet monitoring/alertmanager-kube-prometheus-stack-alertmanager", environment.alertmanager.replicas],
    ["StatefulSet logging/loki", environment.loki.replicas],
  ]);
}
