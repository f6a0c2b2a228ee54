import { refuseAny } from "../faults";
import { namespaces } from "../settings/addresses";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { type Command, CommandError, start } from "./command";
import { environmentArgument, environmentOf } from "./environment-argument";
import { defaultMinutes, followRollout } from "./rollouts/follow";

const rollout: Command = {
  name: "rollout",
  positionals: environmentArgument,
  options: {
    timeout: {
      type: "string",
      value: "minutes",
      help: `how long to wait for everything; ${defaultMinutes} unless said`,
    },
  },
  help: `
Follows everything that the environment runs until the newest version of each is up: Deployments, StatefulSets,
DaemonSets and Jobs of its namespaces, with those that the Prometheus operator makes after Helm has finished.
It changes nothing, so it may be run at any time, and a deployment ends with it.

As soon as a pod clearly cannot come up (its image is not to be had, it crashes again and again, a Secret is missing,
no node has room) it stops, shows the pod's events and the last lines of its log, and says whether the version before
goes on serving.

Exit code 0: everything is up. 1: something is not.`,
  async run(given) {
    const environment = environmentOf(given);
    const minutes = Number(given.timeout ?? defaultMinutes);
    if (!(minutes > 0)) throw new CommandError(`--timeout takes a number of minutes, not \`${given.timeout}\`.`);
    const kubectl = new Kubectl(environment.cluster.context);
    refuseAny(await checkClusterAccess(environment, kubectl), "nothing was followed");
    await followRollout(kubectl, Object.values(namespaces), minutes);
    return 0;
  },
};

if (require.main === module) void start(rollout);
