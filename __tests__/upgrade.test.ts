import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ConfigFiles, givenFiles } from "./team/config-files";
import { type Edit, edits } from "./team/edits";
import { withoutNodeAdvice } from "./team/node-advice";
import { projectCopy, writeConfig } from "./team/project-copy";

/**
 * A repository whose branch `main` is this version, and whose tag `next` is another that changes what releases change.
 */
let repository: string;
/** The output of `npm run render -- --check` after two limits were changed. */
let outdated: string;

beforeAll(() => {
  repository = projectCopy();
  git("init", "--quiet", "--initial-branch=main");
  npmRun("render");
  commit("This version");
  git("checkout", "--quiet", "-b", "release");
  changeLimits();
  outdated = npm("render", "--check").stderr;
  addRequiredSetting();
  addFile();
  npmRun("render");
  commit("The next version");
  git("tag", "next");
}, 120_000);

afterAll(() => rmSync(repository, { recursive: true }));

test("the next version does not change files in config/", () => {
  expect(git("diff", "--name-only", "main", "next", "--", "config")).toBe("");
  expect(git("diff", "--name-only", "main", "next").split("\n")).toEqual(
    expect.arrayContaining([
      "alerts/redis/redis-memory-high.ts",
      "docs/new-page.md",
      "rendered/production/erp/rules/erp-queues.yaml",
      "rendered/production/erp/rules/erp-saturation.yaml",
      "settings/presets.ts",
      "settings/prometheus.ts",
    ]),
  );
});

test("after two limits were changed, `render -- --check` lists every outdated page, and `render` writes them", () => {
  const pages = ["docs/runbooks/CeleryQueueLong.md", "docs/runbooks/RedisMemoryHigh.md"];
  expect(outdated.match(/^docs\/.+$/gm)).toEqual(pages);
  expect(outdated.match(/^rendered\/.+\.md$/gm)).toEqual([
    "rendered/local/alerts.md",
    "rendered/production/alerts.md",
    "rendered/staging/alerts.md",
  ]);
  expect(git("diff", "--name-only", "main", "next", "--", "docs/runbooks").split("\n")).toEqual(pages);
  const added = git("diff", "main", "next", "--", "docs/runbooks").match(/^\+[^+].*$/gm);
  expect(added).toEqual([
    expect.stringMatching(/^\+\| `queue_name` \| above 7 min \| 10 minutes \| warning/),
    expect.stringMatching(/^\+\| above 77 % \| 10 minutes \| warning/),
  ]);
});

const accepted = edits.filter(({ refusedAt }) => refusedAt === undefined);

test.each(accepted)("a team that $title can merge the next version without a conflict", ({ edit }) => {
  start(edit(givenFiles));
  expect(merge()).toEqual([]);
});

describe("a team with many rendered edits", () => {
  const titles = new Set([
    "has hosts of its own",
    "keeps the state of production in Google Cloud Storage",
    "has no Elasticsearch",
    "has a latency threshold of 0.25 s",
    "has an existing Secret with the Sentry DSN",
    "has at least four pods of the API",
    "adds the environment qa",
    "has objectives of its own",
  ]);
  const many = accepted.filter(({ title }) => titles.has(title));

  test("has conflicts only in rendered/, and `npm run render` resolves them", () => {
    expect(many).toHaveLength(titles.size);
    start(many.reduce((files: ConfigFiles, { edit }: Edit) => edit(files), givenFiles));
    npmRun("render");
    commit("The team's settings, rendered");
    expect(merge().filter((path) => !path.startsWith("rendered/"))).toEqual([]);
    npmRun("render");
    commit("The next version, with the team's settings");
    expect(npmRun("render", "--check")).toContain("rendered/ is up to date");
    const [limits = "", objectives = ""] = ["erp-saturation", "erp-recordings"].map((group) =>
      readFileSync(join(repository, `rendered/production/erp/rules/${group}.yaml`), "utf8"),
    );
    expect(limits + objectives).not.toMatch(/^[<=>]{7}/m);
    // The release's limit and the team's objective.
    expect(limits).toMatch(/redis_memory_max_bytes.* > 0\.77/);
    expect(objectives).toContain('le="0.25"');
  }, 120_000);

  test("gets the line to add for a new required setting", () => {
    start({
      ...givenFiles,
      "production.ts": (givenFiles["production.ts"] ?? "").replace(
        "  alertmanager: {\n",
        `  prometheus: {
    replicas: 2,
    retention: "30d",
    retentionSize: "80GB",
    storage: "100Gi",
    resources: containerResources("500m", "4Gi"),
    externalLabels: {},
    remoteWrite: [],
  },
  alertmanager: {
`,
      ),
    });
    expect(merge()).toEqual([]);
    const { status, stderr } = npm("synth");
    expect(status).toBe(1);
    expect(withoutNodeAdvice(stderr)).toBe(
      [
        "1 fault; nothing was written:",
        "- config/production.ts: prometheus.walCompression: is required",
        '    add `walCompression: "…",`: choose one of `zstd`, `snappy`\n',
      ].join("\n"),
    );
  }, 60_000);
});

/** A branch of this version with the team's `config/`. */
function start(files: ConfigFiles): void {
  git("checkout", "--quiet", "--force", "-B", "team", "main");
  writeConfig(repository, files);
  commit("The team's settings");
}

/** Merges the next version. @returns the paths with conflicts */
function merge(): string[] {
  const { status } = spawnSync("git", [...author, "merge", "--quiet", "--no-edit", "next"], { cwd: repository });
  const paths = git("diff", "--name-only", "--diff-filter=U").split("\n").filter(Boolean);
  if (status !== 0 && paths.length === 0) throw new Error("git could not merge, and names no conflict");
  return paths;
}

function changeLimits(): void {
  replace("alerts/redis/redis-memory-high.ts", /ratio\(0\.\d+\)/, "ratio(0.77)");
  replace("alerts/celery/celery-queue-long.ts", /above: seconds\(\d+\)/, "above: seconds(420)");
}

/** Adds a required setting to the schema and to both presets. */
function addRequiredSetting(): void {
  replace(
    "settings/prometheus.ts",
    "    replicas: positive,\n",
    '    replicas: positive,\n    /** How the write-ahead log is compressed. */\n    walCompression: z.enum(["zstd", "snappy"]),\n',
  );
  for (const replicas of ["replicas: 1,\n    // Longer than", 'replicas: 2,\n    retention: "30d"']) {
    replace("settings/presets.ts", replicas, `walCompression: "zstd",\n    ${replicas}`);
  }
}

function addFile(): void {
  writeFileSync(join(repository, "docs", "new-page.md"), "# A new page\n");
}

function replace(path: string, from: string | RegExp, to: string): void {
  const file = join(repository, path);
  const text = readFileSync(file, "utf8");
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`${path} has nothing like ${from}`);
  writeFileSync(file, changed);
}

const author = ["-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"];

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", `--message=${message}`);
}

function git(...args: readonly string[]): string {
  return execFileSync("git", [...author, ...args], { cwd: repository, encoding: "utf8" }).trim();
}

function npm(script: string, ...args: readonly string[]) {
  const program = ["--import", require.resolve("tsx"), join("commands", `${script}.ts`), ...args];
  return spawnSync(process.execPath, program, { cwd: repository, encoding: "utf8" });
}

function npmRun(script: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = npm(script, ...args);
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout;
}
