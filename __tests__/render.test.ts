import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { difference } from "../commands/rendering/difference";
import { outdatedPaths, write } from "../commands/rendering/folder";
import { manifest } from "../commands/rendering/manifest";
import { renderedEnvironments } from "../commands/rendering/rendered-environments";
import { type Stack, synthesizedStacks } from "../commands/synthesized-stacks";
import { environments } from "./fixtures/environments";
import { production } from "./fixtures/production";
import { describeWith } from "./tools";

let stacks: readonly Stack[];
let rendered: ReadonlyMap<string, string>;

beforeAll(() => {
  stacks = synthesizedStacks();
  rendered = renderedEnvironments(stacks);
});

describe("rendered/", () => {
  test("is up to date: `npm run render` writes it", () => {
    expect(outdatedPaths("rendered", rendered)).toEqual([]);
  });

  test("names no place of the machine, no hash and no reference of Terraform's", () => {
    const foreign = [process.cwd(), join(tmpdir(), "erp-"), /_[0-9A-F]{8}\b/, /[0-9A-F]{32}/, /\$\{kubernetes_/];
    const text = [...rendered.values()].join("\n");
    expect(foreign.filter((word) => text.match(word))).toEqual([]);
  });

  test("shows a longer retention as one line of one file", () => {
    const longer = { ...production, loki: { ...production.loki, retention: "45d" } };
    const others = environments.filter(({ name }) => name !== production.name);
    const changed = renderedEnvironments(synthesizedStacks([...others, longer]));
    expect(changedLines(changed)).toEqual(["production/monitoring/releases/loki.yaml:     retention_period: 45d"]);
  });

  test("says nothing of another environment where it only says its own name", () => {
    expect([...rendered.keys()].filter((path) => path.startsWith("staging/base"))).toEqual([]);
    expect(rendered.get("local/base/terraform.yaml")).toContain("config_context: kind-erp");
  });
});

describe("a resource of Terraform's", () => {
  const resource = {
    type: "kubernetes_deployment_v1",
    arguments: {
      wait_for_rollout: false,
      metadata: { name: "app", labels: { some_label: "1" }, annotations: {} },
      spec: {
        replicas: "2",
        selector: { match_labels: { some_label: "1" } },
        template: {
          spec: {
            container: [
              {
                env: [{ name: "PORT", value: "8000" }],
                port: [{ container_port: 8000 }],
                lifecycle: { pre_stop: [{ exec: { command: ["sleep", "5"] } }] },
                resources: { requests: { cpu: "10m" } },
              },
            ],
            security_context: { run_as_user: "1000" },
            volume: [],
          },
        },
      },
    },
  };

  test("is the manifest that the cluster gets", () => {
    const container = {
      env: [{ name: "PORT", value: "8000" }],
      ports: [{ containerPort: 8000 }],
      lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } },
      resources: { requests: { cpu: "10m" } },
    };
    expect(manifest(resource).content).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "app", labels: { some_label: "1" } },
      spec: {
        replicas: 2,
        selector: { matchLabels: { some_label: "1" } },
        template: { spec: { containers: [container], securityContext: { runAsUser: 1000 } } },
      },
    });
  });

  test("keeps what concerns Terraform alone above it", () => {
    expect(manifest(resource).about).toEqual({ wait_for_rollout: false });
  });

  test("is refused where it is not known how Kubernetes says it", () => {
    const unknown = { type: "kubernetes_config_map_v1", arguments: { spec: { gizmo: [{ name: "one" }] } } };
    expect(() => manifest(unknown)).toThrow("say in manifest.ts how Kubernetes calls the list `gizmo`");
    expect(() => manifest({ type: "kubernetes_gizmo_v1", arguments: {} })).toThrow(
      "say in manifest.ts in which version of the API the kind Gizmo is",
    );
  });
});

describe("a difference", () => {
  test("names what changed, and null for what is gone", () => {
    expect(difference({ a: 1, b: { c: 2, d: 3 }, e: 4 }, { a: 1, b: { c: 5, d: 3 } })).toEqual({
      b: { c: 5 },
      e: null,
    });
  });

  test("finds the items of a list by their name", () => {
    const before = [
      { name: "one", value: 1 },
      { name: "two", value: 2 },
      { name: "three", value: 3 },
    ];
    const after = [{ name: "one", value: 1 }, { name: "three", value: 4 }, { name: "four" }];
    const expected = [{ name: "three", value: 4 }, { name: "four" }, { name: "two", $patch: "delete" }];
    expect(difference({ list: before }, { list: after })).toEqual({ list: expected });
  });

  test("is the whole list where items have no names, or another order", () => {
    expect(difference({ args: ["a", "b"] }, { args: ["b"] })).toEqual({ args: ["b"] });
    const turned = [{ name: "two" }, { name: "one" }];
    expect(difference({ list: [{ name: "one" }, { name: "two" }] }, { list: turned })).toEqual({ list: turned });
  });
});

test("writing makes the folder hold exactly what is wanted", () => {
  const folder = mkdtempSync(join(tmpdir(), "render-"));
  writeFileSync(join(folder, "gone.yaml"), "old");
  writeFileSync(join(folder, "changed.yaml"), "old");
  const wanted = new Map([
    ["changed.yaml", "new"],
    ["a/new.yaml", "new"],
  ]);
  expect(outdatedPaths(folder, wanted)).toEqual(["a/new.yaml", "changed.yaml", "gone.yaml"]);
  write(folder, wanted);
  expect(outdatedPaths(folder, wanted)).toEqual([]);
  expect(readdirSync(folder)).toEqual(["a", "changed.yaml"]);
  expect(readFileSync(join(folder, "a/new.yaml"), "utf8")).toBe("new");
  rmSync(folder, { recursive: true });
});

describeWith("promtool", "rendered rules", (promtool) => {
  test("are rule files that Prometheus takes as they are", () => {
    const files = [...rendered.keys()].filter((path) => /^production\/.*\/rules\//.test(path));
    expect(files).not.toEqual([]);
    const { status, output } = promtool(
      "check",
      "rules",
      "--lint-fatal",
      ...files.map((path) => join("rendered", path)),
    );
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining("SUCCESS") });
  });
});

describeWith("amtool", "Alertmanager's rendered configuration", (amtool) => {
  test("is taken by Alertmanager, with every route to a receiver that is there", () => {
    const { status, output } = amtool("check-config", "rendered/production/monitoring/alertmanager.yaml");
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining("SUCCESS") });
  });
});

/** Lines of changed files that were not there before. */
function changedLines(changed: ReadonlyMap<string, string>): string[] {
  return [...changed].flatMap(([path, text]) => {
    const before = new Set(rendered.get(path)?.split("\n"));
    return text
      .split("\n")
      .filter((line) => !before.has(line))
      .map((line) => `${path}: ${line}`);
  });
}
