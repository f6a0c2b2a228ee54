import { availableParallelism } from "node:os";
import { type Fault, Faults } from "../faults";
import { child } from "./child";
import { contentFileFaults } from "./content-files";
import { wordFaults } from "./words/word-faults";

export interface Check {
  readonly name: string;
  readonly passed: boolean;
}

interface Program {
  readonly name: string;
  readonly args: readonly string[];
  /**
   * The function that decides from the output whether the program did its work at all.
   * @default the exit code alone decides
   */
  readonly worked?: (output: string) => boolean;
}

const programs: readonly Program[] = [
  { name: "format and lint", args: ["biome", "check", "--error-on-warnings", "."] },
  { name: "types", args: ["tsc", "--noEmit"] },
  {
    name: "dependency rules",
    args: ["depcruise", "--config", ".dependency-cruiser.cjs", "."],
    // With a compiler that it cannot read it sees no module, finds nothing wrong, and is content.
    worked: (output) => Number(/\((\d+) modules/.exec(output)?.[1] ?? 0) > 100,
  },
];

/** Runs the checks of the code's shape, as many at once as there are cores, and prints the output of those that fail. */
export async function check(): Promise<readonly Check[]> {
  const waiting = [...programs];
  const results: Check[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await run(next));
  };
  const workers = Array.from({ length: Math.min(programs.length, availableParallelism()) }, worker);
  // While the programs run: reading the words takes some seconds.
  results.push(checkFaults("files of the subjects", contentFileFaults()), checkFaults("words", wordFaults()));
  await Promise.all(workers);
  return results;
}

function checkFaults(name: string, faults: readonly Fault[]): Check {
  const passed = faults.length === 0;
  return report({ name, passed }, passed ? "" : new Faults(faults, "nothing was changed").message);
}

async function run({ name, args, worked = () => true }: Program): Promise<Check> {
  const { code, stdout, stderr } = await child("npx", ["--no-install", ...args]);
  const passed = code === 0 && worked(stdout);
  return report({ name, passed }, `${stdout}\n${stderr}`);
}

/** Prints the outcome of a check, and what it found where it failed. */
export function report(check: Check, output: string): Check {
  console.log(`${check.passed ? "passed" : "FAILED"}  ${check.name}`);
  if (!check.passed) console.log(output);
  return check;
}
