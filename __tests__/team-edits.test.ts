import type { Run } from "../commands/run-tool";
import { Faults } from "../faults";
import { invariants } from "./invariants/invariants";
import { type SoundSettings, soundSettings } from "./invariants/sound-settings";
import { environmentsIn, givenFiles } from "./team/config-files";
import { type Edit, edits } from "./team/edits";
import { describeWith } from "./tools";

/** The result of an edit: settings that a synth accepts, or the message of its refusal. */
const outcomes: ReadonlyMap<Edit, SoundSettings | string> = new Map(edits.map((edit) => [edit, outcome(edit)]));

function outcome({ edit }: Edit): SoundSettings | string {
  try {
    return soundSettings(environmentsIn(edit(givenFiles)));
  } catch (error) {
    if (!(error instanceof Faults)) throw error;
    return error.message;
  }
}

test.each(edits.filter(({ refusedAt }) => refusedAt === undefined))(
  "the settings of a team that $title are accepted",
  (edit) => {
    const settings = outcomes.get(edit);
    expect(typeof settings === "string" ? settings : []).toEqual([]);
  },
);

test.each(edits.filter(({ refusedAt }) => refusedAt !== undefined))(
  "a team that $title gets a fault that names the wrong setting",
  (edit) => {
    expect(outcomes.get(edit)).toMatch(/^1 fault; nothing was written:/);
    expect(outcomes.get(edit)).toContain(edit.refusedAt);
  },
);

for (const { name, needs, faults } of invariants) {
  const holds = (run: Run) => {
    const sound = [...outcomes].flatMap(([edit, settings]) =>
      typeof settings === "string" ? [] : [{ edit, settings }],
    );
    const found = faults(
      sound.map(({ settings }) => settings),
      run,
    );
    expect(
      sound.flatMap(({ edit, settings }) =>
        (found.get(settings) ?? []).map((fault) => ({ team: edit.title, ...fault })),
      ),
    ).toEqual([]);
  };
  if (needs) describeWith(needs, "for all of these teams,", (run) => test(name, () => holds(run), 60_000));
  else describe("for all of these teams,", () => test(name, () => holds(() => ({ status: 0, output: "" }))));
}
