import { withAlias } from "../commands/cdktn/aliased-copy";
import { synthDifferences } from "../commands/cdktn/synth-differences";

const files = (content: Readonly<Record<string, unknown>>) =>
  new Map(
    Object.entries(content).map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value)]),
  );

describe("differences between two synths", () => {
  const stack = "stacks/local-erp/cdk.tf.json";

  test("do not include the version of the library, the order of keys and white space", () => {
    const before = {
      "manifest.json": { version: "1" },
      [stack]: { "//": { metadata: { version: "1" } }, a: {}, b: 1 },
    };
    const after = {
      "manifest.json": { version: "2" },
      [stack]: '{ "b": 1, "a": {\n}, "//": { "metadata": { "version": "2" } } }',
    };
    expect(synthDifferences(files(before), files(after))).toEqual([]);
  });

  test("are listed with file, keys and value", () => {
    const before = { [stack]: { resource: { one: { metadata: { version: 1 } } }, list: [1, 2], empty: {} } };
    const after = { [stack]: { resource: { one: { metadata: { version: 2 } } }, list: [1], empty: [] } };
    expect(synthDifferences(files(before), files(after))).toEqual([
      `${stack}: resource.one.metadata.version: 1 became 2`,
      `${stack}: list.1: 2 became nothing`,
      `${stack}: empty: {} became []`,
    ]);
  });

  test("include missing files and different texts", () => {
    const before = { "Chart.yaml": "name: a", "gone.json": {} };
    const after = { "Chart.yaml": "name: b", "new.yaml": "" };
    expect(synthDifferences(files(before), files(after))).toEqual([
      'Chart.yaml: "name: a" became "name: b"',
      "gone.json: {} became nothing",
      'new.yaml: nothing became ""',
    ]);
  });

  test("show only the characters around the first difference of a long value", () => {
    const long = (middle: string) => ({ "long.txt": `${"x".repeat(500)}${middle}${"y".repeat(500)}` });
    const [line = ""] = synthDifferences(files(long("one")), files(long("two")));
    expect(line).toMatch(/^long\.txt: x{20}oney+ became x{20}twoy+$/);
    expect(line.length).toBeLessThan(250);
  });
});

test("the copy has the alias, also in the providers, and only the tool that a synth needs", () => {
  const dependencies = { "@cdktf/provider-helm": "1.0.0", cdktf: "1.0.0", zod: "1.0.0" };
  const given = { name: "app", dependencies, devDependencies: { tsx: "1.0.0", jest: "1.0.0" }, overrides: { a: "b" } };
  expect(withAlias(given, "npm:cdktn@2.0.0")).toEqual({
    name: "app",
    dependencies: { ...dependencies, cdktf: "npm:cdktn@2.0.0" },
    devDependencies: { tsx: "1.0.0" },
    overrides: { "@cdktf/provider-helm": { cdktf: "$cdktf" } },
  });
});
