import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileOf } from "../settings/environment-files";
import { readEnvironments } from "../settings/load-environments";
import { loadingFault } from "../settings/loading-fault";
import { teamFiles } from "../settings/team-files";
import { validate } from "../settings/validate";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const sound = {
  "environments.ts": 'import { qa } from "./qa"; export const environments = [qa];',
  "qa.ts": 'export const qa = { name: "qa", tier: "staging" };',
};

test("environments are read if they are listed and named after their files", () => {
  expect(read({})).toEqual([]);
  expect(readEnvironments(folder).environments).toEqual([{ name: "qa", tier: "staging" }]);
});

test("faults of an environment without a valid name name its file", () => {
  read({ "qa.ts": 'export const qa = { name: "QA", tier: "staging" };' });
  const { environments } = readEnvironments(folder);
  expect(() => validate(environments)).toThrow(
    'config/qa.ts: name: must be an RFC 1123 label: at most 63 lower-case letters, digits and dashes, got "QA"',
  );
});

test("values that environments share can be in separate files", () => {
  expect(read({ "hosts.ts": 'export const hosts = { grafana: "grafana.shop.test" };' })).toEqual([]);
});

test("the files of a team belong to each environment that names the team, and a folder of no team is a fault", () => {
  const rules = "groups: [{ name: a, rules: [{ record: 'payments:a', expr: vector(1) }] }]";
  mkdirSync(join(folder, "teams/payments/rules"), { recursive: true });
  writeFileSync(join(folder, "teams/payments/rules/a.yaml"), rules);
  mkdirSync(join(folder, "teams/paymnets/rules"), { recursive: true });
  const named = 'export const qa = { name: "qa", tier: "staging", teams: { payments: {} } };';
  expect(read({ "qa.ts": named })).toEqual([
    "config/teams/paymnets/: must be named after a team in `teams` of an environment, got paymnets",
  ]);
  const [qa] = readEnvironments(folder).environments;
  expect(qa?.[teamFiles]?.map(({ path }) => path)).toEqual(["config/teams/payments/rules/a.yaml"]);
  expect(fileOf(qa)).toBe("qa.ts");
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  [
    "an environment that is not listed, in another form of declaration",
    { "dev.ts": 'export const dev = { name: "dev", tier: "local" } satisfies object;' },
    ["config/dev.ts: must be listed in config/environments.ts"],
  ],
  [
    "an environment that is imported and not listed",
    {
      "dev.ts": 'export const dev = { name: "dev", tier: "local" };',
      "environments.ts":
        'import { dev } from "./dev"; import { qa } from "./qa"; export const environments = [qa]; dev;',
    },
    ["config/dev.ts: must be listed in config/environments.ts"],
  ],
  [
    "an environment that is not named after its file",
    { "qa.ts": 'export const qa = { name: "test", tier: "staging" };' },
    ['config/qa.ts: name: must be "qa", like the name of the file, got "test"'],
  ],
  [
    "an environment without a file",
    { "environments.ts": 'import { qa } from "./qa"; export const environments = [qa, { name: "dev" }];' },
    ["config/environments.ts: [1]: must be exported by its own file in config/, which is named after it"],
  ],
  [
    "an empty list",
    { "environments.ts": "export const environments = [];" },
    ["config/environments.ts: must export `environments`, a list of at least one environment"],
  ],
  [
    "a name that is not defined",
    { "qa.ts": 'export const qa = { name: "qa", tier: nowhere };' },
    ["config/qa.ts: must be a module that Node can load, got nowhere is not defined"],
  ],
])("%s is a fault", (_, changes, expected) => {
  expect(read(changes)).toEqual(expected);
});

test("a syntax error is reported with its place", () => {
  // The error of tsx for a missing comma.
  const error = new Error(
    `Transform failed with 1 error:\n${folder}/qa.ts:12:2: ERROR: Expected "}" but found "cluster"`,
  );
  expect(loadingFault(error, folder)).toMatchObject({
    place: "config/qa.ts:12:2",
    value: 'Expected "}" but found "cluster"',
  });
});

test("a missing file is reported with the file that imports it", () => {
  const error = Object.assign(new Error("Cannot find module './dev'\nRequire stack:\n…"), {
    requireStack: [join(folder, "environments.ts")],
  });
  expect(loadingFault(error, folder)).toMatchObject({
    place: "config/environments.ts",
    value: "Cannot find module './dev'",
  });
});

/** The faults of `config/` with some files changed or added. */
function read(changes: Readonly<Record<string, string>>): string[] {
  for (const [file, text] of Object.entries({ ...sound, ...changes })) writeFileSync(join(folder, file), text);
  return readEnvironments(folder).faults.map(
    ({ place, rule, value }) => `${place}: ${rule}${value === undefined ? "" : `, got ${value}`}`,
  );
}
