import { type ChildResult, child } from "../child";
import { CommandError } from "../command";
import { shellWord } from "../shell-word";

/** Runs kubectl on the cluster of one context of the kubeconfig. */
export class Kubectl {
  constructor(readonly context: string) {}

  /** Runs kubectl and returns its result, also if its exit code is not 0. */
  attempt(args: readonly string[], input?: string): Promise<ChildResult> {
    return child("kubectl", ["--context", this.context, "--request-timeout=20s", ...args], { input });
  }

  /**
   * Runs kubectl and returns its standard output.
   * @throws {CommandError} with its standard error, when it fails.
   */
  async run(args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(args, input);
    // kubectl repeats the same error for each requested kind.
    const reasons = [...new Set(stderr.trim().split("\n"))].join("\n");
    if (code !== 0) throw new CommandError(`\`${this.command(...args)}\` failed: ${reasons}`);
    return stdout;
  }

  /** The items of a list, as the API returns them. */
  async list<T>(...args: readonly string[]): Promise<T[]> {
    const { items } = JSON.parse(await this.run(["get", ...args, "--output=json"]));
    return items;
  }

  /** The command line that a person would type. The arguments may contain placeholders, and are in quotes if they need them. */
  command(...args: readonly string[]): string {
    return ["kubectl", "--context", shellWord(this.context), ...args].join(" ");
  }
}
