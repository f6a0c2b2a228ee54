import { writeFileSync } from "node:fs";
import { CommandError, start } from "../commands/command";
import { environments } from "../config/environments";
import { byCli, byNode, type Durations, measure, median } from "./measure";
import { machine, report, type Target } from "./report";

const further = 3;

start({
  name: "bench",
  positionals: {},
  options: {
    rounds: { type: "string", value: "number", help: "how often each is measured (9)" },
    write: { type: "string", value: "file", help: "writes the table there too" },
  },
  help: `
Measures the synth of all environments against an empty cdktf app: one stack, no provider, same runner, in turns; both as
Node runs them, and as \`cdktf synth\` does. And the synth of ${further} environments more. Targets: at most twice the empty
app, and 100 ms for each further environment.
Close what else keeps the machine busy. Exits 1 when a target is missed.`,
  run: ({ rounds = "9", write }) => {
    if (!(Number(rounds) >= 3)) throw new CommandError(`--rounds takes a number from 3 on, not \`${rounds}\`.`);
    const [empty, all, more, emptyByCli, allByCli] = measure(
      [
        byNode("bench/empty/main.ts"),
        byNode("bench/environments.ts"),
        byNode("bench/environments.ts", String(further)),
        byCli("bench/empty/main.ts"),
        byCli("main.ts"),
      ],
      Number(rounds),
    ) as [Durations, Durations, Durations, Durations, Durations];
    const pairs = (value: (round: number) => number) => median(empty.map((_, round) => value(round)));
    const targets: readonly Target[] = [
      {
        name: "all environments against an empty app",
        found: pairs((round) => at(all, round) / at(empty, round)),
        most: 2,
        unit: "times",
      },
      {
        name: "the same by `cdktf synth`",
        found: pairs((round) => at(allByCli, round) / at(emptyByCli, round)),
        most: 2,
        unit: "times",
      },
      {
        name: "each further environment",
        found: pairs((round) => (at(more, round) - at(all, round)) / further),
        most: 100,
        unit: "ms",
      },
    ];
    const rows = {
      "an empty cdktf app": empty,
      [`${environments.length} environments`]: all,
      [`${environments.length + further} environments`]: more,
      "an empty cdktf app, by `cdktf synth`": emptyByCli,
      [`${environments.length} environments, by \`cdktf synth\``]: allByCli,
    };
    const text = report(rows, targets, machine());
    console.log(text);
    if (typeof write === "string") writeFileSync(write, text);
    return targets.every(({ found, most }) => found <= most) ? 0 : 1;
  },
});

function at(durations: Durations, round: number): number {
  return durations[round] ?? Number.NaN;
}
