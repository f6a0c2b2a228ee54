import type { StackDirectory } from "../stack-directory";
import { providersEnvironment } from "../terraform/kubeconfig";
import { terraformProgram } from "../terraform/terraform";

/** A way out of what an interruption or a hiccup left behind. People take it; no command does. */
export interface Recovery {
  readonly happened: string;
  /** What must be made sure first. */
  readonly check: string;
  /** What a person types then, in the project's root. */
  readonly commands: readonly string[];
  readonly afterwards: string;
  /** File in `docs/runbooks/`. */
  readonly runbook: string;
}

export function recoveryText({ happened, check, commands, afterwards, runbook }: Recovery): string {
  const lines = [check, ...commands.map((command) => `  ${command}`), afterwards, `More: docs/runbooks/${runbook}`];
  return ["", happened, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** Runs Terraform on one stack as our commands run it, after `forTerraform`. */
export function terraformCommand({ path }: StackDirectory, ...args: readonly string[]): string {
  return [terraformProgram, `-chdir=${path}`, ...args].join(" ");
}

/** Shows a shell's Terraform the cluster that our commands show it. */
export function forTerraform(): string {
  return `unset KUBE_CONFIG_PATH; export KUBE_CONFIG_PATHS=${providersEnvironment().KUBE_CONFIG_PATHS}`;
}
