import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "../commands/comparison/change";
import { chartChangeLog, imageChangeLog } from "../commands/comparison/change-logs";
import { reviewLines } from "../commands/review/review-lines";
import { escapeMarkdown } from "../commands/review/review-markdown";
import { reviewText } from "../commands/review/review-text";
import { withoutNodeAdvice } from "./team/node-advice";
import { commitAll, compileCache, createRepository, createTemporary, git } from "./team/product-repository";

describe("npm run review", () => {
  let root: string;
  let repository: string;
  let temporary: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "review-"));
    [repository, temporary] = [join(root, "repository"), join(root, "tmp")];
    createTemporary(temporary);
    createRepository(repository);
    commitAll(repository, "Base");
    git(repository, "switch", "--quiet", "--create", "change");
    edit("alerts/erp-api/erp-route-fails.ts", "ratio(0.2)", "ratio(0.25)");
    commitAll(repository, "Raise a limit");
    // A change that is not committed, and that is breaking.
    edit("config/production.ts", 'storage: "1Gi"', 'storage: "2Gi"');
  }, 120_000);

  afterAll(() => rmSync(root, { recursive: true }));

  afterEach(() => {
    expect(git(repository, "worktree", "list").trim().split("\n")).toHaveLength(1);
    expect(git(repository, "status", "--porcelain")).toBe(" M config/production.ts\n");
    expect(readdirSync(temporary).filter((name) => name !== compileCache)).toEqual([]);
  });

  test("compares the working tree with a worktree of the commit at which the branch left main", () => {
    const { status, stdout, stderr } = review(repository, "--json");
    expect(stderr).toBe("");
    const { version, base, environments, breaking, lines } = JSON.parse(stdout);
    expect({ version, base, environments, breaking }).toEqual({
      version: 1,
      base: {
        commit: git(repository, "rev-parse", "main").trim(),
        description: expect.stringMatching(/^[0-9a-f]{7}, where the current branch left main$/),
        ownPackages: false,
      },
      environments: ["local", "staging", "production"],
      breaking: 1,
    });
    expect(lines.map(({ text }: { readonly text: string }) => text)).toEqual([
      "Helm release monitoring/kube-prometheus-stack in production: existing volumes keep their size: docs/runbooks/grow-a-volume.md describes the manual steps",
      "ErpRouteFails (warning): limit 20 % → 25 % in local, staging, production",
    ]);
    expect(status).toBe(1);
  }, 240_000);

  test("states what to fetch in a checkout of the last commit", () => {
    const clone = join(root, "clone");
    git(root, "clone", "--quiet", "--depth=1", "--branch=change", `file://${repository}`, clone);
    symlinkSync(join(repository, "node_modules"), join(clone, "node_modules"));
    const { status, stdout, stderr } = review(clone, "main");
    expect(stdout).toBe("");
    expect(
      stderr,
    ).toBe(`There is no commit \`main\` in this repository. This checkout has only the last commits of its branch. Fetch the base, and name it:
  git fetch --depth=1 origin main
  npm run review -- FETCH_HEAD
In a workflow of GitHub, \`fetch-depth: 2\` of actions/checkout is enough: the base of a pull request is then \`HEAD^1\`.
`);
    expect(status).toBe(2);
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "main");
    expect(git(clone, "rev-parse", "FETCH_HEAD")).toBe(git(repository, "rev-parse", "main"));
  }, 240_000);

  function review(cwd: string, ...args: string[]) {
    const program = ["--import", "tsx", "commands/review.ts", ...args];
    const env = { ...process.env, TMPDIR: temporary };
    const outcome = spawnSync(process.execPath, program, { cwd, env, encoding: "utf8" });
    return { ...outcome, stderr: withoutNodeAdvice(outcome.stderr) };
  }

  function edit(file: string, from: string, to: string): void {
    const path = join(repository, file);
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  }
});

describe("the text of a review", () => {
  const change = (fields: Partial<Change>): Change => ({
    environment: "qa",
    area: "resources",
    what: "changed",
    name: "Deployment erp/erp-api",
    fields: [],
    ...fields,
  });
  const textOf = (changes: readonly Change[], environments = ["qa", "staging", "production", "eu"]) =>
    reviewText(reviewLines(changes, { environments, most: 2 }));

  test("states that nothing changes", () => {
    expect(textOf([])).toBe("Nothing changes.");
  });

  test("begins with breaking changes, whatever their area", () => {
    const lost = change({
      area: "state",
      what: "removed",
      name: "PersistentVolumeClaim erp/db",
      breaking: "its data is lost",
    });
    const alert = change({
      area: "alerts",
      name: "A",
      label: "A (info)",
      fields: [{ field: "for", before: "1m", after: "2m" }],
    });
    expect(textOf([alert, lost])).toBe(`!!! 1 CHANGE IS BREAKING
PersistentVolumeClaim erp/db in qa: its data is lost

A (info): for 1m → 2m in qa`);
  });

  test("names all environments at once if there are more than three", () => {
    const all = ["qa", "staging", "production", "eu"];
    const fields = [{ field: "spec.replicas", before: "2", after: "3" }];
    expect(textOf(all.map((environment) => change({ environment, fields })))).toBe(
      "Deployment erp/erp-api: replicas 2 → 3 in all 4 environments",
    );
  });

  test("names as many things as fit on a screen, and the number of the others", () => {
    const added = ["a", "b", "c", "d"].map((name) =>
      change({ what: "added", name: `Service erp/${name}`, area: "network" }),
    );
    expect(textOf(added)).toBe("New: Service erp/a, erp/b, 2 more in qa");
  });

  test("shows only the difference of long texts", () => {
    const [before, after] = ["5m", "10m"].map(
      (range) => `sum by (namespace, route) (rate(erp_requests_total{status="500"}[${range}]))`,
    );
    expect(textOf([change({ area: "alerts", name: "A", fields: [{ field: "expression", before, after }] })])).toBe(
      'A: expression …{status="500"}[5m])) → …{status="500"}[10m])) in qa',
    );
  });
});

test.each([
  [chartChangeLog("loki", "19.0.0"), "https://github.com/grafana-community/helm-charts/releases/tag/loki-19.0.0"],
  [
    chartChangeLog("../../../mirror/kube-prometheus-stack-89.0.0.tgz", "89.0.0"),
    "https://github.com/prometheus-community/helm-charts/releases/tag/kube-prometheus-stack-89.0.0",
  ],
  [chartChangeLog("local chart custom-resources", "1.0.0"), undefined],
  [
    imageChangeLog("mirror.shop.test:5000/oliver006/redis_exporter:v2.0.0@sha256:00"),
    "https://github.com/oliver006/redis_exporter/releases/tag/v2.0.0",
  ],
  [imageChangeLog("registry.shop.test/erp:2.0.0"), undefined],
])("a version has the address of its change log: %s", (address, expected) => {
  expect(address).toBe(expected);
});

test("names in Markdown make no links, pictures, formats, HTML or mentions", () => {
  expect(escapeMarkdown("![x](http://a) <b> **c** `d` @team a@b #1\n# e")).toBe(
    "\\!\\[x\\]\\(http://a\\) \\<b\\> \\*\\*c\\*\\* \\`d\\` @\u200bteam a@b \\#1 \\# e",
  );
});
