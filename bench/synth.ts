import { writeFileSync } from "node:fs";
import { environments } from "../__tests__/fixtures/environments";
import { CommandError, start } from "../commands/command";
import { byCli, byNode, type Cost, type Costs, measure, median } from "./measure";
import { type Figure, isMissed, machine, report } from "./report";
import { checkCounts } from "./resource-counts";

const further = 3;

start({
  name: "bench",
  positionals: {},
  options: {
    rounds: { type: "string", value: "number", help: "number of times that each program is measured; by default 9" },
    write: { type: "string", value: "file", help: "also writes the tables to this file" },
  },
  help: `
Compares the synth of all environments with bench/plain/, a hand-written cdktf app with the same number of stacks and
resources and without checks. Runs both alternately, with Node and with \`cdktf synth\`. Also measures the synth with
${further} more environments, and \`npm run review\`, which synthesises twice. Targets: at most twice the CPU time of the plain
app, at most 100 ms for each further environment, and at most 10 s for a review. Close other programs that keep the machine busy.

Exit code 0: every target is met. 1: a target is missed, or the two apps have different numbers of resources.`,
  run: ({ rounds = "9", write }) => {
    if (!(Number(rounds) >= 3)) throw new CommandError(`--rounds takes a number of at least 3, not \`${rounds}\`.`);
    const [plain, ours] = [byNode("bench/plain/main.ts"), byNode("bench/environments.ts")];
    checkCounts(plain, ours);
    const costs = measure(
      [
        plain,
        ours,
        byNode("bench/environments.ts", String(further)),
        byCli("bench/plain/main.ts"),
        byCli("main.ts"),
        () => ["node", "--import", "tsx", "commands/review.ts", "HEAD"],
      ],
      Number(rounds),
    ) as Measured;
    const found = figures(costs);
    const text = report(rows(costs), found, machine());
    console.log(text);
    if (typeof write === "string") writeFileSync(write, text);
    return found.some(isMissed) ? 1 : 0;
  },
});

type Measured = [plain: Costs, ours: Costs, more: Costs, plainByCli: Costs, oursByCli: Costs, review: Costs];

function figures([plain, ours, more, plainByCli, oursByCli, review]: Measured): readonly Figure[] {
  return [
    { name: "CPU against the plain app", value: ratio(ours, plain, "cpu"), most: 2, unit: "times" },
    { name: "CPU by `cdktf synth`", value: ratio(oursByCli, plainByCli, "cpu"), most: 2, unit: "times" },
    { name: "wall time against the plain app", value: ratio(ours, plain, "wall"), unit: "times" },
    { name: "wall time by `cdktf synth`", value: ratio(oursByCli, plainByCli, "wall"), unit: "times" },
    { name: "each further environment", value: increase(more, ours, "wall"), most: 100, unit: "ms" },
    { name: "wall time of a review", value: median(review.map(({ wall }) => wall)), most: 10_000, unit: "ms" },
    { name: "CPU of each further environment", value: increase(more, ours, "cpu"), unit: "ms" },
  ];
}

function rows([plain, ours, more, plainByCli, oursByCli, review]: Measured): Readonly<Record<string, Costs>> {
  return {
    "the plain app": plain,
    [`${environments.length} environments`]: ours,
    [`${environments.length + further} environments`]: more,
    "your environments twice, by `review`": review,
    "the plain app, by `cdktf synth`": plainByCli,
    [`${environments.length} environments, by \`cdktf synth\``]: oursByCli,
  };
}

function ratio(ones: Costs, others: Costs, time: keyof Cost): number {
  return compare(ones, others, (one, other) => one[time] / other[time]);
}

function increase(ones: Costs, others: Costs, time: keyof Cost): number {
  return compare(ones, others, (one, other) => (one[time] - other[time]) / further);
}

/** The median over the rounds. Within one round the load of the machine is about the same for all programs. */
function compare(ones: Costs, others: Costs, value: (one: Cost, other: Cost) => number): number {
  return median(ones.flatMap((one, round) => (others[round] ? value(one, others[round]) : [])));
}
