import { type Command, start } from "../../commands/command";
import { contentFileFaults } from "../../commands/content-files";
import { pastOverrides } from "../../commands/override-notices";
import { outdatedPaths } from "../../commands/rendering/folder";
import { renderedEnvironments } from "../../commands/rendering/rendered-environments";
import { type Fault, Faults, refuseAny } from "../../faults";
import { loadEnvironments } from "../../settings/load-environments";
import { builtTool } from "../tools";
import { invariants } from "./invariants";
import { type SoundSettings, soundSettings } from "./sound-settings";

const testSettings: Command = {
  name: "test:settings",
  positionals: {},
  options: {
    expired: {
      type: "boolean",
      help: "also fails if the last day of an override of an alert is over, for a nightly job",
    },
  },
  help: `
Tests the environments in config/ in about ten seconds, and needs only Node.js: every setting is valid, every rule and
panel is correct, every alert has a receiver, rendered/ is up to date, and names and sizes are within the limits of the
cluster. promtool and amtool test the rules and the notifications that differ from those that the product's own tests
cover. This needs the pinned versions of both programs on PATH, or built by an earlier \`npm test\`. Without them, the
command lists what it did not check, and does not fail.

Exit code 0: nothing failed. 1: something failed.`,
  run({ expired }) {
    const settings = checkSettings();
    if (settings === undefined) return 1;
    const dated = expired === true ? [checkDates(settings)] : [];
    const outcomes = [
      ...dated,
      checkRendered(settings),
      ...invariants.map((invariant) => checkInvariant(invariant, settings)),
    ];
    const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
    // The settings themselves have passed.
    console.log(`${count("passed") + 1} passed, ${count("failed")} failed, ${count("not checked")} not checked`);
    return count("failed") > 0 ? 1 : 0;
  },
};

type Outcome = "passed" | "failed" | "not checked";

function checkSettings(): SoundSettings | undefined {
  const name = "every setting is valid, every rule and panel is correct, and every alert has a receiver";
  try {
    const environments = loadEnvironments();
    refuseAny(contentFileFaults());
    const settings = soundSettings(environments);
    report(name, []);
    return settings;
  } catch (error) {
    if (!(error instanceof Faults)) throw error;
    report(name, error.faults);
    console.log("0 passed, 1 failed; the other tests run only if this one passes");
    return undefined;
  }
}

function checkDates({ signals }: SoundSettings): Outcome {
  const past = pastOverrides(signals, new Date());
  return report(
    "the last day of no override is over",
    past.map(({ place, until }) => ({
      place,
      value: until,
      rule: "must be removed after the last day of the override",
      remedy: "remove the override, or change its `until`",
    })),
  );
}

function checkRendered({ environments, stacks }: SoundSettings): Outcome {
  const outdated = outdatedPaths("rendered", renderedEnvironments(environments, stacks));
  const shown = outdated.slice(0, 3).join(", ");
  const fault = {
    place: "rendered/",
    value: outdated.length > 3 ? `${outdated.length} outdated files: ${shown}, …` : shown,
    rule: "must show what is deployed",
    remedy: "run `npm run render`, and commit what it writes",
  };
  return report("rendered/ is up to date", outdated.length > 0 ? [fault] : []);
}

function checkInvariant({ name, needs, faults }: (typeof invariants)[number], settings: SoundSettings): Outcome {
  const run = needs ? builtTool(needs) : () => ({ status: 0, output: "" });
  if (run === undefined) {
    console.log(
      `not checked  ${name}: the pinned version of ${needs} is not on PATH and was not built yet; \`npm test\` builds it with Go`,
    );
    return "not checked";
  }
  return report(name, faults([settings], run).get(settings) ?? []);
}

function report(name: string, faults: readonly Fault[]): Outcome {
  console.log(`${faults.length === 0 ? "passed" : "FAILED"}  ${name}`);
  if (faults.length > 0) console.log(new Faults(faults, "nothing was changed").message);
  return faults.length === 0 ? "passed" : "failed";
}

void start(testSettings);
