import { refuseAny } from "../faults";
import { ownNamespaces } from "../settings/own-namespaces";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { type Command, CommandError, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { defaultMinutes, followRollout } from "./rollouts/follow";

const rollout: Command = {
  name: "rollout",
  positionals: environmentArgument,
  options: {
    timeout: {
      type: "string",
      value: "minutes",
      help: `time limit for all workloads together; by default ${defaultMinutes}`,
    },
  },
  help: `
Waits until the newest version of each workload of the environment is ready: Deployments, StatefulSets, DaemonSets and
Jobs in its namespaces, including those that the Prometheus operator creates after Helm has finished. It changes
nothing, so you can run it at any time. It is also the last step of \`npm run deploy\`.

It stops as soon as a pod clearly cannot start: its image cannot be pulled, it crashes repeatedly, a Secret is missing,
or no node has room for it. It then prints the pod's events and the last lines of its log, and states whether pods of
the previous version are still running.

Exit code 0: everything is ready. 1: a workload is not ready.`,
  async run(given) {
    const environment = environmentOf(given);
    const minutes = Number(given.timeout ?? defaultMinutes);
    if (!(minutes > 0))
      throw new CommandError(`--timeout takes a number of minutes above 0, not \`${given.timeout}\`.`);
    const kubectl = new Kubectl(environment.cluster.context);
    refuseAny(await checkClusterAccess(environment, kubectl), "nothing was checked");
    await followRollout(kubectl, ownNamespaces(environment), minutes);
    return 0;
  },
};

if (require.main === module) void start(rollout);
