import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "../commands/read-stack";
import { alertsPage } from "../commands/rendering/alerts-page";
import { outdatedPaths, write } from "../commands/rendering/folder";
import { manifest } from "../commands/rendering/manifest";
import { renderedEnvironments } from "../commands/rendering/rendered-environments";
import { synthesizedStacks } from "../commands/synthesized-stacks";
import { bytes, count, factor, limitText, perSecond, ratio, seconds } from "../kit/alerts/limit";
import type { Environment } from "../settings/environment";
import { contributions, switchedOffAlerts } from "../subjects/listings";
import { environments } from "./fixtures/environments";
import { everywhere } from "./fixtures/everything";
import { existing } from "./fixtures/existing";
import { production } from "./fixtures/production";
import { describeWith } from "./tools";

let stacks: readonly Stack[];
let rendered: ReadonlyMap<string, string>;
/** Folder with the rendered files of the fixtures. */
let folder: string;

beforeAll(() => {
  stacks = synthesizedStacks(environments);
  rendered = renderedEnvironments(environments, stacks);
  folder = mkdtempSync(join(tmpdir(), "rendered-"));
  write(folder, rendered);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("rendered environments", () => {
  test.each(environments)("contain every object of $name exactly once", ({ name }) => {
    const objects = stacks
      .filter((stack) => stack.name.startsWith(`${name}-`))
      .flatMap(({ resources }) => resources)
      .flatMap(({ arguments: { chart, values } }) =>
        String(chart).startsWith("./assets/") ? Object.keys(JSON.parse(String(values)).resources) : ["one"],
      );
    const documents = [...rendered]
      .filter(([path]) => path.startsWith(`${name}/`) && !/(terraform|alertmanager|-signals)\.yaml$|\.md$/.test(path))
      .flatMap(([, text]) => text.split("---\n"));
    expect(documents.length).toBe(objects.length);
  });

  test("contain no path of the machine, no hash and no Terraform reference", () => {
    const foreign = [process.cwd(), join(tmpdir(), "erp-"), /_[0-9A-F]{8}\b/, /[0-9A-F]{32}/, /\$\{kubernetes_/];
    const text = [...rendered.values()].join("\n");
    expect(foreign.filter((word) => text.match(word))).toEqual([]);
  });

  test("differ in two lines of one file after a change of the retention", () => {
    const longer = { ...production, loki: { ...production.loki, retention: "45d" } };
    const given = environments.map((environment) => (environment.name === production.name ? longer : environment));
    const changed = renderedEnvironments(given, synthesizedStacks(given));
    expect(changedLines(changed)).toEqual([
      "production/monitoring/releases/loki.yaml:     max_query_lookback: 45d",
      "production/monitoring/releases/loki.yaml:     retention_period: 45d",
    ]);
  });

  test("contain each environment in full, independent of the others", () => {
    const [staging] = environments.filter(({ name }) => name === "staging") as [Environment];
    const alone = renderedEnvironments([staging], synthesizedStacks([staging]));
    const together = [...rendered].filter(([path]) => path.startsWith("staging/"));
    expect([...alone].filter(([path]) => path !== "alerts.md")).toEqual(together);
    expect(alone.get("staging/erp/erp-api.yaml")).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/m);
  });
});

test("a page links to the alerts of each environment", () => {
  expect(rendered.get("alerts.md")).toBe(
    `# Alerts of each environment

Each page lists the alerts that the environment deploys, with their limits, and those that are switched off.

- [local](local/alerts.md)
- [staging](staging/alerts.md)
- [production](production/alerts.md)
`,
  );
});

describe("the table of alerts", () => {
  const page = (environment: string) => rendered.get(`${environment}/alerts.md`)?.split("\n") ?? [];

  test("contains limit, duration, severity and team of each alert, the most severe first", () => {
    expect(page("production").filter((line) => line.startsWith("| "))).toEqual(
      expect.arrayContaining([
        "| ErpDown                              | < 1             | 30s      | critical  | erp      |",
        "| ErpErrorBudgetBurn 1h                | > 14.4 times    | at once  | critical  | erp      |",
        "| LokiRequestsFailing                  | > 5 %           | 10m      | warning   | platform |",
      ]),
    );
    const severities = page("production").flatMap(
      (line) => /\| (critical|warning|info|heartbeat) /.exec(line)?.[1] ?? [],
    );
    expect([...new Set(severities)]).toEqual(["critical", "warning", "heartbeat"]);
  });

  test("is followed by the receivers of each team, and by those of alerts about their namespaces", () => {
    const lines = alertsPage(existing).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "| CeleryNoWorkers                      | < 1             | 2m       | critical  | payments |",
        "| payments | payments-pager, payments-chat | payments-chat | erp-worker, redis, loki | payments, payments-jobs |",
        "| warehouse | pager, warehouse-chat | warehouse-chat | volumes | warehouse |",
        "| platform | pager, chat | chat | all others | all others |",
        "- `warehouse`: warehouse-chat for ContainerMemoryNearLimit, ContainerOutOfMemory, DaemonSetPodsMissing, PodCrashLooping, PodNotReady",
        "- PodNotInitialized: team platform instead of that of the namespace, because the platform runs the init containers of all teams.",
      ]),
    );
    expect(page("production").join()).not.toContain("## Teams");
  });

  test("names the setting that switches off an alert", () => {
    const off = page("local").slice(page("local").indexOf("## Switched off"));
    expect(off).toContain(
      "- ErpPublicEndpointDown, ErpCertificateExpires, ErpCertificateExpiresSoon: the environment does not set `erp.ingress`",
    );
    expect(off).toContain("- Heartbeat: the environment does not set `alertmanager.heartbeat`");
    expect(page("production").join()).not.toContain("`erp.ingress`");
  });

  test("has a row or a reason for every alert, in every environment", () => {
    const titles = everywhere.map((environment) => {
      const { alerts, logAlerts } = contributions(environment);
      return [...alerts, ...logAlerts, ...switchedOffAlerts(environment)].map(({ title }) => title).sort();
    });
    for (const found of titles) expect(found).toEqual(titles[0]);
  });

  test.each([
    [ratio(0.05), "5 %"],
    [ratio(0.0144), "1.44 %"],
    [seconds(0.5), "0.5 s"],
    [seconds(21 * 24 * 3600), "21 d"],
    [seconds(90), "90 s"],
    [seconds(0), "0 s"],
    [bytes(1.5 * 2 ** 30), "1,536 MiB"],
    [perSecond(0.01), "0.01 per s"],
    [count(200_000_000), "200,000,000"],
    [factor(14.4), "14.4 times"],
  ])("writes the limit %s as %s", (limit, text) => {
    expect(limitText(limit)).toBe(text);
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

  test("is rendered as the manifest that the cluster gets", () => {
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

  test("has Terraform's own arguments in a comment above the manifest", () => {
    expect(manifest(resource).about).toEqual({ wait_for_rollout: false });
  });

  test("fails for a kind or a block whose name in Kubernetes is unknown", () => {
    const unknown = { type: "kubernetes_config_map_v1", arguments: { spec: { gizmo: [{ name: "one" }] } } };
    expect(() => manifest(unknown)).toThrow("does not list the block gizmo: add it to `lists`");
    expect(() => manifest({ type: "kubernetes_gizmo_v1", arguments: {} })).toThrow(
      "does not list the kind Gizmo: add it to `kinds`",
    );
  });
});

test("after writing, the folder contains exactly the wanted files", () => {
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
  test("are valid rule files of Prometheus", () => {
    const files = [...rendered.keys()].filter((path) => path.includes("/rules/"));
    expect(files).toContain("local/erp/rules/erp-availability.yaml");
    const { status, output } = promtool("check", "rules", "--lint-fatal", ...files.map((path) => join(folder, path)));
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining("SUCCESS") });
  });
});

describeWith("amtool", "Alertmanager's rendered configuration", (amtool) => {
  test.each(environments)(
    "of $name is accepted by Alertmanager, and every route has an existing receiver",
    ({ name }) => {
      const { status, output } = amtool("check-config", join(folder, name, "monitoring/alertmanager.yaml"));
      expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining("SUCCESS") });
    },
  );
});

/** New lines in changed files. */
function changedLines(changed: ReadonlyMap<string, string>): string[] {
  return [...changed].flatMap(([path, text]) => {
    const before = new Set(rendered.get(path)?.split("\n"));
    return text
      .split("\n")
      .filter((line) => !before.has(line))
      .map((line) => `${path}: ${line}`);
  });
}
