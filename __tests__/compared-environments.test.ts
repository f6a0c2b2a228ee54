import { changesText } from "../commands/comparison/changes-text";
import { compareStacks, type Stacks } from "./comparison/compare-stacks";

const layers = ["base", "monitoring", "erp"];

test("an environment that exists in only one version is reported in one line", () => {
  const [before, after] = [
    { ...environment("qa"), ...environment("old") },
    { ...environment("qa"), ...environment("new") },
  ];
  expect(changesText(compareStacks(before, after), { most: 8 })).toBe(
    `!!! 1 CHANGE IS BREAKING
  - old: the other version has no stacks for the environment: old-base, old-monitoring, old-erp; nothing will update or delete the objects that these deployed

new
  environment
    + the environment is new: new-base, new-monitoring, new-erp with 3 objects and 0 charts`,
  );
});

test.each(["sentry-eu", "eu-base", "erp", "a-monitoring-b"])(
  "the stacks of an environment named %s are grouped",
  (name) => {
    const changes = compareStacks(environment(name), environment(name, "changed"));
    expect(changes.map((change) => change.environment)).toEqual([name, name, name]);
  },
);

test.each<[string, (stack: string) => object, (stack: string) => object, readonly string[]]>([
  [
    "bucket",
    (layer) => ({ s3: { bucket: "a", key: `erp-state/qa/${layer}.tfstate` } }),
    (layer) => ({ s3: { bucket: "b", key: `erp-state/qa/${layer}.tfstate` } }),
    ["s3.bucket a -> b"],
  ],
  [
    "key",
    (layer) => ({ s3: { key: `erp/${layer}.tfstate` } }),
    (layer) => ({ s3: { key: `team/${layer}.tfstate` } }),
    ["s3.key erp/<stack>.tfstate -> team/<stack>.tfstate"],
  ],
  [
    "kind of backend",
    (layer) => ({ local: { path: `state/qa-${layer}.tfstate` } }),
    (layer) => ({ gcs: { bucket: "b", prefix: `erp/${layer}` } }),
    ["backend local -> gcs"],
  ],
])("another %s is one breaking change for all stacks", (_, before, after, fields) => {
  const stacks = (backend: (layer: string) => object): Stacks =>
    Object.fromEntries(layers.map((layer) => [`qa-${layer}`, { backend: backend(layer) }]));
  expect(changesText(compareStacks(stacks(before), stacks(after)), { most: 8 })).toBe(
    [
      "!!! 1 CHANGE IS BREAKING",
      "  ~ state of the stacks base, monitoring, erp in qa: Terraform does not find the current state, and would create everything again",
      ...fields.map((field) => `      ${field}`),
    ].join("\n"),
  );
});

test("a removed stack is reported by its name", () => {
  const { "qa-erp": _, ...after } = environment("qa");
  const text = changesText(compareStacks(environment("qa"), after), { most: 8 });
  expect(text).toContain(
    "  - state of the stack erp in qa: nothing will update or delete the objects that it deployed",
  );
});

function environment(name: string, content = "same"): Stacks {
  const stack = { resource: { kubernetes_config_map_v1: { map: { metadata: { name: "map" }, data: { content } } } } };
  return Object.fromEntries(layers.map((layer) => [`${name}-${layer}`, namedAfter(stack, layer)]));
}

/** Objects of the stacks of an environment have different names. */
function namedAfter(stack: { readonly resource: object }, layer: string) {
  return JSON.parse(JSON.stringify(stack).replace('"name":"map"', `"name":"map-${layer}"`));
}
