import { contentFileFaults } from "../commands/content-files";
import { checkWithPrograms } from "../commands/program-checks";
import { outdatedPaths } from "../commands/rendering/folder";
import { renderedEnvironments } from "../commands/rendering/rendered-environments";
import type { Run } from "../commands/run-tool";
import { loadEnvironments } from "../settings/load-environments";
import type { Signals } from "../signals";
import { production } from "./fixtures/production";
import { invariants } from "./invariants/invariants";
import { objectFaults } from "./invariants/object-limits";
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

describe("an object beyond the limits has a fault", () => {
  const object = (changes: object) => ({
    type: "kubernetes_config_map_v1",
    id: "map",
    arguments: { metadata: { name: "map", labels: {} }, ...changes },
  });
  const release = (changes: object) => ({
    type: "helm_release",
    id: "signals",
    arguments: { name: "signals", chart: "./assets/custom-resources/1", values: ['{"resources":{}}'], ...changes },
  });
  const text = (bytes: number) => "x".repeat(bytes);
  const rule = (bytes: number) => {
    const groups = [{ name: "group", rules: [{ record: "a", expr: text(bytes) }] }];
    return { kind: "PrometheusRule", metadata: { name: "erp", labels: {} }, spec: { groups } };
  };
  const rules = (bytes: number) => release({ values: [JSON.stringify({ resources: { erp: rule(bytes) } })] });

  test.each([
    ["data of 1 MiB", object({ data: { a: text(1024 * 1024) } })],
    ["a label of 63 characters", object({ metadata: { name: "map", labels: { a: text(63) } } })],
    ["a release with a name of 53 characters", release({ name: text(53) })],
    ["rules of almost 512 KiB", rules(523_000)],
  ])("%s has none", (_, resource) => {
    expect(objectFaults({ name: "scratch", resources: [resource] })).toEqual([]);
  });

  test.each([
    ["data of more than 1024 KiB", object({ data: { a: text(1024 * 1024), b: "x" } })],
    ["annotations of more than 256 KiB", object({ metadata: { name: "map", annotations: { a: text(262_145) } } })],
    ["label values of at most 63 characters", object({ spec: { template: { labels: { a: text(64) } } } })],
    ["a DNS subdomain name", object({ metadata: { name: "Map" } })],
    ["a name of at most 53 characters", release({ name: text(54) })],
    ["rules of more than 512 KiB", rules(525_000)],
  ])("%s", (rule, resource) => {
    const [fault, ...others] = objectFaults({ name: "scratch", resources: [resource] });
    expect(others).toEqual([]);
    expect(fault?.rule).toContain(rule);
  });
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
    const [sound, broken] = [settingsWith({}), settingsWith({ alertmanagerConfig: { route: { receiver: "nobody" } } })];
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
