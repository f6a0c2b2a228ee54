import { argumentsOf, numberOf } from "../command-options";
import type { Rule } from "../rule";

/** Default of ingress-nginx and of the load balancers of AWS. */
const controllerKeepAliveSeconds = 60;

/** Default of uvicorn. */
const uvicornKeepAliveSeconds = 5;

/**
 * Timeouts that must be longer than others. Only timeouts in the settings are compared: an image of a team may set its
 * own in another way, and a rule about it is then silent.
 */
export const timeoutOrder: readonly Rule[] = [
  {
    at: "erp.commands.api",
    reads: ["erp.ingress", "cluster.ingress"],
    broken: ({ cluster, erp: { ingress, commands } }) =>
      ingress !== undefined &&
      serverKeepAliveSeconds(commands.api) <= (cluster.ingress?.keepAliveSeconds ?? controllerKeepAliveSeconds),
    rule: "must keep an idle connection longer than the Ingress controller does, which is `cluster.ingress.keepAliveSeconds`: otherwise the controller sends requests on connections that the server is closing, and answers 502",
    remedy: `set \`--timeout-keep-alive\` (Gunicorn and Hypercorn: \`--keep-alive\`) some seconds above that time, such as 75 for the default of ${controllerKeepAliveSeconds}`,
  },
  {
    at: "erp.api.terminationGracePeriodSeconds",
    reads: ["erp.api.preStopSeconds", "erp.commands.api"],
    broken: ({ erp: { api, commands } }) =>
      api.terminationGracePeriodSeconds <=
      api.preStopSeconds + (numberOf(commands.api, ["--timeout-graceful-shutdown", "--graceful-timeout"]) ?? 0),
    rule: "must be more than the sum of `preStopSeconds` and the graceful timeout of `erp.commands.api` (`--timeout-graceful-shutdown` or `--graceful-timeout`): otherwise the pod is killed while it answers requests",
    remedy: "raise it, or lower one of these two values",
  },
  {
    at: "erp.celery.worker.terminationGracePeriodSeconds",
    reads: ["erp.commands.worker"],
    broken: ({ erp: { celery, commands } }) =>
      celery.worker.terminationGracePeriodSeconds < (numberOf(commands.worker, ["--time-limit"]) ?? 0),
    rule: "must be at least `--time-limit` of `erp.commands.worker`: otherwise a worker is killed while it runs a task that may take longer",
    remedy: "raise it, or lower the limit of tasks",
  },
];

/** Seconds that the server keeps an idle connection, or infinity if the command states neither them nor uvicorn. */
function serverKeepAliveSeconds(command: readonly string[]): number {
  const byDefault = argumentsOf(command, "uvicorn") ? uvicornKeepAliveSeconds : Infinity;
  return numberOf(command, ["--timeout-keep-alive", "--keep-alive"]) ?? byDefault;
}
