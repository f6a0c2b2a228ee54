import { type Command, start } from "./command";
import { environmentArgument, environmentOf } from "./environments";
import { outageText } from "./size/outage-text";
import { predictionText } from "./size/prediction-text";

export const size: Command = {
  name: "size",
  positionals: environmentArgument,
  options: {},
  help: `
Prints the series, samples, memory and disk that Prometheus and Loki need, next to the retention, the volumes and the memory
requests of the environment. They are computed from \`scale\` and the replicas, with coefficients that were measured on a
test cluster (docs/sizing.md). Also prints for how long an outage of Loki loses no log line, by the lines per second of a
container. It depends on \`logAgent.containerLogMaxSize\`, which must be the size at which your kubelets rotate log files.

It needs no cluster, and changes nothing. Exit code 0: printed. 1: the settings have faults.`,
  run(given) {
    const environment = environmentOf(given);
    console.log(`${predictionText(environment)}\n\n${outageText(environment)}`);
    return 0;
  },
};

if (require.main === module) void start(size);
