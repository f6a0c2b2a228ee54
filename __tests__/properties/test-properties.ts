import { type Command, CommandError, start } from "../../commands/command";
import { changelessSettings } from "./changeless-settings";
import type { Judgement } from "./judge";
import { outputless } from "./outputless-settings";
import { judgeBroken, judgeValid } from "./properties";
import { recordRun } from "./recorded-run";

/** Number of environments for each seed. */
const chunk = 250;

const testProperties: Command = {
  name: "test:properties",
  positionals: {},
  options: {
    runs: { type: "string", value: "number", help: "number of environments of each kind; by default 10000" },
    seed: { type: "string", value: "number", help: "the first seed; by default another one in each run" },
    path: {
      type: "string",
      value: "path",
      help: "repeats one environment of the seed, with the path that was printed",
    },
    only: { type: "string", value: "valid|broken|outputs", help: "runs only this part" },
    record: { type: "boolean", help: "writes the results to docs/verified-settings.md" },
  },
  help: `
Generates environments from the schema of the settings, in three parts. Valid: every environment that the settings accept
has rules, routes and dashboards without faults, and is rendered with every value of its pods. Broken: every environment with one mistake is refused with one fault, at
the mistake. Outputs: every setting changes the output of a synth. Each ${chunk} environments have their own seed. A part
continues after a failure, and prints the smallest environment that fails, with the seed and the path that repeat it.
\`npm test\` runs a part of this with a fixed seed. The whole run takes about half an hour on an idle core.

Exit code 0: nothing failed. 1: something failed.`,
  run({ runs = "10000", seed = String(Date.now() % 1_000_000), path, only, record }) {
    const first = { seed: numberFrom("--seed", seed), runs: numberFrom("--runs", runs) };
    if (only !== undefined && !["valid", "broken", "outputs"].includes(String(only)))
      throw new CommandError(`--only takes \`valid\`, \`broken\` or \`outputs\`, not \`${only}\`.`);
    if (record === true && (only !== undefined || path !== undefined))
      throw new CommandError("--record needs all parts: remove --only and --path.");
    const isChosen = (part: string) => only === undefined || only === part;
    const one = (judge: Judge) =>
      path === undefined ? chunks(judge, first) : [print(judge({ ...first, path: String(path) }))];
    const start = Date.now();
    const broken = isChosen("broken") ? one(judgeBroken) : [];
    const changeless = isChosen("outputs") ? reportChangeless() : [];
    const valid = isChosen("valid") ? one(judgeValid) : [];
    const failed = [...broken, ...valid].filter(({ holds }) => !holds).length + changeless.length;
    if (record === true) recordRun({ seed: first.seed, broken, valid, failed, seconds: (Date.now() - start) / 1000 });
    console.log(`${broken.length + valid.length} seeds tried, ${failed} failures`);
    return failed > 0 ? 1 : 0;
  },
};

type Judge = typeof judgeValid;

function numberFrom(option: string, text: string | boolean): number {
  const given = Number(text);
  if (!Number.isInteger(given) || given < 0) throw new CommandError(`${option} takes a whole number, not \`${text}\`.`);
  return given;
}

/** Judges the environments of successive seeds, and prints each result. */
function chunks(judge: Judge, { seed, runs }: { readonly seed: number; readonly runs: number }): readonly Judgement[] {
  return Array.from({ length: Math.ceil(runs / chunk) }, (_, index) => {
    return print(judge({ seed: seed + index, runs: Math.min(chunk, runs - index * chunk) }));
  });
}

function print(judgement: Judgement): Judgement {
  console.log(judgement.text);
  return judgement;
}

/** The settings that change no output although they must, and those that change one although they are listed. */
function reportChangeless(): readonly string[] {
  const { changeless, fixed } = changelessSettings();
  const faults = [
    ...changeless
      .filter((name) => !(name in outputless))
      .map((name) => `${name}: changes no output: use it, or remove it`),
    ...Object.keys(outputless)
      .filter((name) => !changeless.includes(name))
      .map((name) => `${name}: changes the output: remove it from the list of settings without output`),
  ];
  console.log(`settings: ${faults.length === 0 ? "all but the listed ones change the output" : faults.join("\n")}`);
  console.log(
    `settings that must agree with another one, so that no other value alone is accepted: ${fixed.join(", ")}`,
  );
  return faults;
}

void start(testProperties);
