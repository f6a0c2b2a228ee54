import type { Kubectl } from "../../cluster/kubectl";
import { operatorRollouts } from "../../rollouts/operator-resources";
import { type Rollout, rollouts as rolloutsOf } from "../../rollouts/rollouts";
import { logOf } from "../../rollouts/trouble-report";
import type { Check, Failure } from "../check";
import { ourNamespaces } from "../deployment";

/** The same check as `npm run rollout`, at one moment. */
export const rollouts: Check = {
  id: "rollouts",
  title: "every workload runs its newest version and is ready",
  permissions: [
    {
      namespaces: ourNamespaces,
      group: "apps",
      resources: ["deployments", "statefulsets", "daemonsets", "replicasets"],
      verbs: ["list"],
    },
    { namespaces: ourNamespaces, group: "batch", resources: ["jobs"], verbs: ["list"] },
    { namespaces: ourNamespaces, resources: ["pods"], verbs: ["list"] },
    { namespaces: ourNamespaces, resources: ["pods"], verbs: ["get"] },
    { namespaces: ourNamespaces, resources: ["pods/log"], verbs: ["get"] },
    { group: "monitoring.coreos.com", resources: ["prometheuses", "alertmanagers"], verbs: ["list"] },
  ],
  async run(deployment) {
    const [listed, ofOperator] = await Promise.all([
      deployment.workloads(),
      operatorRollouts(deployment.kubectl, ourNamespaces),
    ]);
    const all = [...rolloutsOf(listed), ...ofOperator];
    const waiting = all.filter(({ progress }) => !progress.done);
    const failures = await Promise.all(waiting.map((rollout) => failureOf(rollout, deployment.kubectl)));
    return { failures, extent: `${all.length} workloads` };
  },
};

async function failureOf({ namespace, name, progress, troubled, older }: Rollout, kubectl: Kubectl): Promise<Failure> {
  const troubles = await Promise.all(
    troubled.map(async ({ pod, trouble: { reason, message, container } }) => {
      const log = container ? await logOf(kubectl, namespace, pod, container) : [];
      return [`pod ${pod}: ${reason}: ${message}`, ...log.slice(-1).map((line) => `its log ends with: ${line}`)].join(
        "; ",
      );
    }),
  );
  const rest = older > 0 ? [`${older} pods of the previous version still run`] : [];
  const crashes = troubled.some(({ trouble }) => /CrashLoop|Failed/.test(trouble.reason));
  return {
    where: `${name} in namespace ${namespace}`,
    expected: "all pods of the newest version are ready",
    found: [progress.givenUp ?? progress.text, ...troubles, ...rest].join("; "),
    runbook: crashes ? "PodCrashLooping" : "PodNotReady",
  };
}
