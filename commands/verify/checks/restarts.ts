import type { ContainerStatus, Pod } from "../../rollouts/objects";
import type { Check, Failure } from "../check";
import { ourNamespaces } from "../deployment";

const hour = 60 * 60 * 1000;

export const restarts: Check = {
  id: "restarts",
  title: "no container was restarted in the last hour",
  permissions: [{ namespaces: ourNamespaces, resources: ["pods"], verbs: ["list"] }],
  async run(deployment) {
    const pods = (await deployment.workloads()).filter((object): object is Pod => object.kind === "Pod");
    return { failures: pods.flatMap((pod) => failuresOf(pod, Date.now())), extent: `${pods.length} pods` };
  },
};

/** @param now milliseconds since 1970 */
export function failuresOf({ metadata: { namespace, name }, status }: Pod, now: number): Failure[] {
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return containers.flatMap((container) => {
    const { lastState, restartCount } = container;
    const ended = lastState?.terminated;
    const minutes = Math.round((now - Date.parse(ended?.finishedAt ?? "")) / 60_000);
    if (restartCount === 0 || ended === undefined || !(minutes * 60_000 <= hour)) return [];
    return [
      {
        where: `pod ${namespace}/${name}, container ${container.name}`,
        expected: "no restart",
        found: `${restartCount === 1 ? "1 restart" : `${restartCount} restarts, the last one`} ${minutes} minutes ago after exit code ${ended.exitCode} (${ended.reason})`,
        runbook: runbookOf(ended.reason),
      },
    ];
  });
}

function runbookOf(reason: NonNullable<NonNullable<ContainerStatus["lastState"]>["terminated"]>["reason"]): string {
  return reason === "OOMKilled" ? "ContainerOutOfMemory" : "PodCrashLooping";
}
