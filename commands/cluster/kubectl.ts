import { child, type Ended } from "../child";
import { CommandError } from "../command";

/** Reads and, where it is told to, changes the cluster behind one context of the kubeconfig. */
export class Kubectl {
  constructor(readonly context: string) {}

  /** Runs it whatever its exit code is. */
  attempt(args: readonly string[], input?: string): Promise<Ended> {
    return child("kubectl", ["--context", this.context, "--request-timeout=20s", ...args], { input });
  }

  /** @throws {CommandError} with what it said, when it fails. */
  async run(args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(args, input);
    // It says the same thing once for each kind that it was asked for.
    const reasons = [...new Set(stderr.trim().split("\n"))].join("\n");
    if (code !== 0) throw new CommandError(`\`${this.command(...args)}\` failed: ${reasons}`);
    return stdout;
  }

  /** The items of a list, as the API has them. */
  async list<T>(...args: readonly string[]): Promise<T[]> {
    const { items } = JSON.parse(await this.run(["get", ...args, "--output=json"]));
    return items;
  }

  /** What a person would type. */
  command(...args: readonly string[]): string {
    return ["kubectl", "--context", this.context, ...args].join(" ");
  }
}
