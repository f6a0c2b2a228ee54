import { contentFileFaults } from "../commands/content-files";
import { checkWithPrograms } from "../commands/program-checks";
import { outdatedPaths } from "../commands/rendering/folder";
import { renderedEnvironments } from "../commands/rendering/rendered-environments";
import type { Run } from "../commands/run-tool";
import { loadEnvironments } from "../settings/load-environments";
import type { Signals } from "../signals";
import { production } from "./fixtures/production";
import { invariants } from "./invariants/invariants";
import { type SoundSettings, soundSettings } from "./invariants/sound-settings";
import { validNotifications } from "./invariants/valid-notifications";
import { validRules } from "./invariants/valid-rules";
import { describeWith } from "./tools";

const withoutProgram: Run = () => ({ status: 0, output: "" });

/** The only tests that read the settings of the users, in config/. `npm run test:settings` runs them alone. */
describe("for the environments in config/", () => {
  const environments = loadEnvironments();
  const settings = soundSettings(environments);

  test("every file is listed", () => expect(contentFileFaults()).toEqual([]));

  test("rendered/ is up to date: `npm run render` writes it", () => {
    expect(outdatedPaths("rendered", renderedEnvironments(environments, settings.stacks))).toEqual([]);
  });

  for (const { name, needs, faults } of invariants) {
    const holds = (run: Run) => expect(faults([settings], run).get(settings)).toEqual([]);
    if (needs) describeWith(needs, "according to the program itself,", (run) => test(name, () => holds(run), 60_000));
    else test(name, () => holds(withoutProgram));
  }
});

describeWith("promtool", "a rule that Prometheus refuses", (promtool) => {
  test("is a fault only of the team that has it", () => {
    const [sound, broken] = [settingsWith({}), settingsWith({ platform: rules("sum(") })];
    const found = validRules.faults([sound, broken], promtool);
    expect(found.get(sound)).toEqual([]);
    expect(found.get(broken)).toMatchObject([
      { place: "rule group platform-x", value: expect.stringContaining("parse error") },
    ]);
  });
});

describeWith("amtool", "a configuration that Alertmanager refuses", (amtool) => {
  test("is a fault only of the team that has it", () => {
    const [sound, broken] = [
      settingsWith({}),
      settingsWith({ alertmanagerConfig: { route: { receiver: "nobody" }, receivers: [] } }),
    ];
    const found = validNotifications.faults([sound, broken], amtool);
    expect(found.get(sound)).toEqual([]);
    expect(found.get(broken)).toMatchObject([
      { place: "alertmanager", value: expect.stringContaining("undefined receiver") },
    ]);
  });
});

describe("before a deployment", () => {
  const signalsOf = (changes: object) => [...settingsWith(changes).signals.values()][0] as Signals;
  let printed: string[];
  beforeEach(() => {
    printed = [];
    jest.spyOn(console, "log").mockImplementation((line) => void printed.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  test("a missing program is named, with the remedy, and does not stop it", () => {
    checkWithPrograms(signalsOf({}), () => undefined);
    expect(printed).toEqual([
      expect.stringMatching(/^promtool: not installed, so only synth has checked the rules\. .*npm test/),
      expect.stringMatching(/^amtool: not installed, so only synth has checked the notifications\. .*npm test/),
    ]);
  });

  describeWith("promtool", "promtool", (promtool) => {
    test("names the group that it refuses", () => {
      const find = (name: string) => (name === "promtool" ? promtool : undefined);
      checkWithPrograms(signalsOf({}), find);
      expect(printed[0]).toBe("promtool: accepts the rules");
      expect(() => checkWithPrograms(signalsOf({ platform: rules("sum(") }), find)).toThrow(
        /1 fault; nothing was deployed:\n- rule group platform-x: must be accepted by Prometheus, got [\s\S]*parse error/,
      );
    });
  });

  describeWith("amtool", "amtool", (amtool) => {
    test("checks the configuration and its messages", () => {
      const find = (name: string) => (name === "amtool" ? amtool : undefined);
      checkWithPrograms(signalsOf({}), find);
      expect(printed[1]).toBe("amtool: accepts the notifications");
      for (const changes of [{ alertmanagerConfig: { route: { receiver: "pagre" } } }, { alertMessages: "{{" }])
        expect(() => checkWithPrograms(signalsOf(changes), find)).toThrow("must be accepted by Alertmanager");
    });
  });
});

/** Production, with signals that a synth would refuse. */
function settingsWith(changes: object): SoundSettings {
  const { environments: given, signals, stacks } = sound;
  return {
    environments: given,
    stacks,
    signals: new Map([...signals].map(([one, its]) => [one, { ...its, ...changes }])),
  };
}

const sound = soundSettings([production]);

function rules(expr: string) {
  return {
    rules: [{ name: "platform-x", interval: "15s", rules: [{ record: "a:b", expr }] }],
    dashboards: [],
  };
}
