import type { Rule } from "../rule";

export const podTermination: readonly Rule[] = [
  {
    at: "erp.api.terminationGracePeriodSeconds",
    reads: ["erp.api.preStopSeconds", "erp.commands.api"],
    broken: ({ erp: { api, commands } }) =>
      api.terminationGracePeriodSeconds <= api.preStopSeconds + drainSeconds(commands.api),
    rule: "must be more than `preStopSeconds` and `--timeout-graceful-shutdown` of `erp.commands.api` together: then the pod is killed",
    remedy: "raise it, or lower one of the two",
  },
];

/** How long uvicorn lets requests end that it has begun; without the argument it sets no limit of its own. */
function drainSeconds(command: readonly string[]): number {
  const option = "--timeout-graceful-shutdown";
  const index = command.findIndex((argument) => argument === option || argument.startsWith(`${option}=`));
  return Number(command[index]?.split("=")[1] ?? command[index + 1] ?? 0) || 0;
}
