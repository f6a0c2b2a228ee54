import { refuseAny } from "../faults";
import type { Environment } from "../settings/environment";
import { checkClusterAccess } from "./cluster/cluster-access";
import { Kubectl } from "./cluster/kubectl";
import { whileProxying } from "./cluster/proxied-servers";
import { type Command, CommandError, type Given, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { measure } from "./size/measure";
import { measurementText } from "./size/measurement-text";
import { outageText } from "./size/outage-text";
import { predictionText } from "./size/prediction-text";
import { Server, ServerError } from "./verify/server";

export const size: Command = {
  name: "size",
  positionals: environmentArgument,
  options: {
    measured: {
      type: "boolean",
      help: "prints instead what a running environment has, next to what the model predicts for it",
    },
    context: {
      type: "string",
      value: "name",
      help: "with --measured: the context of the kubeconfig, instead of `cluster.context` of the environment",
    },
  },
  help: `
Prints the series, samples, memory and disk that Prometheus and Loki need, next to the retention, the volumes and the memory
requests of the environment. They are computed from \`scale\` and the replicas, with coefficients that were measured on a
test cluster (docs/sizing.md). Also prints for how long an outage of Loki loses no log line, by the lines per second of a
container. It depends on \`logAgent.containerLogMaxSize\`, which must be the size at which your kubelets rotate log files.

It needs no cluster, and changes nothing. \`--measured\` needs the kubeconfig and kubectl. It reads from Prometheus through the
API server, as \`verify\` does. Environment variable: KUBECONFIG.

Exit code 0: printed. 1: the settings have faults, or Prometheus does not answer.`,
  async run(given) {
    const environment = environmentOf(given);
    if (given.context && !given.measured) throw new CommandError("--context needs --measured.");
    console.log(
      given.measured === true
        ? await measuredText(environment, given.context)
        : `${predictionText(environment)}\n\n${outageText(environment)}`,
    );
    return 0;
  },
};

/** @throws {Faults|CommandError} when the cluster or its Prometheus does not answer */
async function measuredText(environment: Environment, context: Given[string]): Promise<string> {
  const kubectl = new Kubectl(typeof context === "string" ? context : environment.cluster.context);
  refuseAny(await checkClusterAccess(environment, kubectl, console.error), "nothing was measured");
  return whileProxying(kubectl.context, async ({ prometheus }) => {
    const measurement = await measure(environment, new Server("Prometheus", prometheus)).catch((error: Error) => {
      throw error instanceof ServerError ? new CommandError(error.message) : error;
    });
    return measurementText(environment, measurement);
  });
}

if (require.main === module) void start(size);
