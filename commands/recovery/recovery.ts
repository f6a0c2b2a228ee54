import { shellWord } from "../shell-word";
import type { StackDirectory } from "../stack-directory";
import { providersEnvironment } from "../terraform/kubeconfig";
import { terraformProgram } from "../terraform/terraform";

/** The steps that recover from an interrupted run or from a temporary failure. People perform them; no command does. */
export interface Recovery {
  /** What happened, and where. */
  readonly happened: string;
  /** What a person must check first. */
  readonly check: string;
  /** The commands that a person then runs in the project's root. */
  readonly commands: readonly string[];
  /** What to do after the commands. */
  readonly afterwards: string;
  /** Name of the runbook in `docs/runbooks/`. */
  readonly runbook: string;
}

export function recoveryText({ happened, check, commands, afterwards, runbook }: Recovery): string {
  const lines = [check, ...commands.map((command) => `  ${command}`), afterwards, `More: docs/runbooks/${runbook}`];
  return ["", happened, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** A command line that runs Terraform on one stack as our commands do, after `exportKubeconfig`. */
export function terraformCommand({ path }: StackDirectory, ...args: readonly string[]): string {
  return [terraformProgram, `-chdir=${path}`, ...args].join(" ");
}

/** A command line after which Terraform in this shell uses the same kubeconfig as our commands. */
export function exportKubeconfig(): string {
  return `unset KUBE_CONFIG_PATH; export KUBE_CONFIG_PATHS=${shellWord(providersEnvironment().KUBE_CONFIG_PATHS ?? "")}`;
}
