import type { Rule } from "../rule";

export const podTermination: readonly Rule[] = [
  {
    at: "erp.api.terminationGracePeriodSeconds",
    reads: ["erp.api.preStopSeconds", "erp.commands.api"],
    broken: ({ erp: { api, commands } }) =>
      api.terminationGracePeriodSeconds <= api.preStopSeconds + drainSeconds(commands.api),
    rule: "must be more than the sum of `preStopSeconds` and `--timeout-graceful-shutdown` of `erp.commands.api`: otherwise the pod is killed while it answers requests",
    remedy: "raise it, or lower one of these two values",
  },
];

/** Seconds that uvicorn waits for running requests when it stops. Without the argument it has no limit of its own. */
function drainSeconds(command: readonly string[]): number {
  const option = "--timeout-graceful-shutdown";
  const index = command.findIndex((argument) => argument === option || argument.startsWith(`${option}=`));
  return Number(command[index]?.split("=")[1] ?? command[index + 1] ?? 0) || 0;
}
