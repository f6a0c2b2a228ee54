import type { StackDirectory } from "../stack-directory";
import { providersEnvironment } from "../terraform/kubeconfig";
import { terraformProgram } from "../terraform/terraform";

/** A way out of what an interruption or a hiccup left behind. People take it; no command does. */
export interface Recovery {
  readonly happened: string;
  readonly steps: readonly string[];
  /** File in `docs/runbooks/`. */
  readonly runbook: string;
}

export function printedRecovery({ happened, steps, runbook }: Recovery): string {
  return [`\n${happened}`, ...steps.map((step) => `  - ${step}`), `  More: docs/runbooks/${runbook}`].join("\n");
}

/** Runs Terraform on one stack as our commands run it, after `forTerraform`. For people, in the project's root. */
export function terraformCommand({ path }: StackDirectory, ...args: readonly string[]): string {
  return [terraformProgram, `-chdir=${path}`, ...args].join(" ");
}

/** Shows a shell's Terraform the cluster that our commands show it. */
export function forTerraform(): string {
  return `unset KUBE_CONFIG_PATH; export KUBE_CONFIG_PATHS=${providersEnvironment().KUBE_CONFIG_PATHS}`;
}
