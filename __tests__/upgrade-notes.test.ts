import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { extractVersion } from "../commands/upgrade/other-version";
import { withoutNodeAdvice } from "./team/node-advice";
import { commitAll, compileCache, createRepository, createTemporary, git as runGit } from "./team/product-repository";

const project = join(__dirname, "..");

/** A repository with versions of the product, checked out at the first one, and the folders that a run uses. */
let root: string;
let repository: string;
let temporary: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "upgrade-notes-"));
  [repository, temporary] = [join(root, "repository"), join(root, "tmp")];
  createTemporary(temporary);
  createRepository(repository);
  release("v0.1.0");

  edit("package.json", (text) => text.replace('"version": "0.1.0"', '"version": "0.2.0"'));
  // Changed as by `npm version`: the packages are the same.
  edit("package-lock.json", (text) =>
    text.replace(/("name": "erp-observability",\s+"version": )"0\.1\.0"/g, '$1"0.2.0"'),
  );
  edit("alerts/loki/loki-requests-failing.ts", (text) => text.replace("ratio(0.05)", "ratio(0.1)"));
  edit("settings/versions.ts", (text) => text.replace(/(name: "promtail",[^}]*version: )"[\d.]+"/, '$1"99.0.0"'));
  edit("stacks/erp-ingress.ts", (text) => text.replace('"erp-beat", "celery-exporter"', '"erp-beat", "anybody"'));
  edit("settings/presets.ts", (text) => text.replace('storage: "100Gi"', 'storage: "200Gi"'));
  edit("stacks/erp-servers.ts", (text) => text.replace('"PostgresqlData"', '"Data"'));
  release("v0.2.0");

  // A synth that does not end by itself, so that an interruption never comes too late.
  const app = '"node --import ./commands/typescript.mjs main.ts"';
  edit("cdktf.json", (text) => text.replace(app, '"sleep 600"'));
  release("v0.2.1");

  edit("cdktf.json", (text) => text.replace('"sleep 600"', app));
  edit("settings/environment.ts", (text) =>
    text.replace("  cluster,\n", '  owner: text(/^\\S+$/, "must be a team", "name one, such as `erp`"),\n  cluster,\n'),
  );
  edit("package-lock.json", (text) => text.replace('"integrity": "sha512-', '"integrity": "sha512-0'));
  release("v0.3.0");
  git("checkout", "--quiet", "v0.1.0");
});

afterAll(() => rmSync(root, { recursive: true }));

// The working tree, git and the folder for temporary files must be unchanged after a run.
beforeEach(() => {
  // Uncommitted changes of the user: one environment is removed, and one is edited.
  edit("config/environments.ts", (text) => text.replace("[local, staging, production]", "[local, production]"));
  rmSync(join(repository, "config/staging.ts"), { force: true });
  edit("config/environments.ts", (text) => text.replace(/import .*staging.*\n/, ""));
});

afterEach(() => {
  expect(git("status", "--porcelain")).toBe(" M config/environments.ts\n D config/staging.ts\n");
  expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(readdirSync(temporary).filter((name) => name !== compileCache)).toEqual([]);
});

test("the changes of another version are shown for the user's environments, with breaking changes first", () => {
  const { status, stdout, stderr } = upgradeNotes("v0.2.0");
  expect(stdout.replace(/version \d+\.\d+\.\d+ ->/, "version <old> ->").replace(/Data_\w+/g, "Data_<hash>")).toBe(
    `From 0.1.0 to v0.2.0 (0.2.0), with your config/:

!!! 2 CHANGES ARE BREAKING
  ~ PersistentVolumeClaim erp/postgresql in local: Terraform deletes it and its data, and creates a new one
      Terraform address erp: kubernetes_persistent_volume_claim_v1.Servers_PostgresqlData_<hash> -> erp: kubernetes_persistent_volume_claim_v1.Servers_Data_<hash>
  ~ Helm release monitoring/kube-prometheus-stack in production: existing volumes keep their size: docs/runbooks/grow-a-volume.md describes the manual steps
      values.prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage 100Gi -> 200Gi

local, production
  alerts
    ~ LokiRequestsFailing (warning): limit 5 % -> 10 %
  versions
    ~ Helm release node-agents/promtail: version <old> -> 99.0.0

local
  network
    ~ NetworkPolicy erp/redis: admits: + erp/anybody to port 6379, - erp/celery-exporter to port 6379
`,
  );
  expect(stderr).toBe(
    "\nPlan the breaking changes above before you deploy v0.2.0: they lose data, remove its protection, or fail.\n",
  );
  expect(status).toBe(1);
}, 120_000);

test("a version that refuses the settings states what to change in config/, with its own packages", () => {
  const npm = join(root, "bin", "npm");
  mkdirSync(dirname(npm));
  writeFileSync(npm, `#!/bin/sh\necho "$PWD: $*" >>"${root}/npm"\nln -s "${project}/node_modules" node_modules\n`);
  chmodSync(npm, 0o755);
  const { status, stdout, stderr } = upgradeNotes("v0.3.0", { PATH: `${dirname(npm)}:${process.env.PATH}` });
  expect(stderr).toBe(`v0.3.0 refuses the settings in config/. Change them when you merge it:
- config/local.ts, config/production.ts: owner: is required
    add \`owner: "…",\`: name one, such as \`erp\`
To see the other changes now, make these changes in a copy of config/, and add \`--settings <copy>\`.
`);
  expect(stdout).toBe(
    "Installing the packages of v0.3.0 in a temporary folder, because its package-lock.json differs.\n",
  );
  expect(readFileSync(join(root, "npm"), "utf8")).toMatch(/\/version: ci --ignore-scripts --no-audit --no-fund\n$/);
  expect(status).toBe(1);
}, 120_000);

test("settings that only the other version has are read from a copy of config/", async () => {
  const copy = join(root, "copy");
  cpSync(join(repository, "config"), copy, { recursive: true });
  writeFileSync(join(copy, "owner.ts"), "export const owner = 1;");
  const [before, version] = [process.cwd(), join(root, "version")];
  process.chdir(repository);
  await extractVersion("v0.2.0", version, copy, new AbortController().signal);
  process.chdir(before);
  expect(readdirSync(join(version, "config"))).toEqual(["environments.ts", "local.ts", "owner.ts", "production.ts"]);
  expect(readFileSync(join(version, "alerts/loki/loki-requests-failing.ts"), "utf8")).toContain("ratio(0.1)");
});

test("an unknown version is reported with the existing ones", () => {
  const { status, stderr } = upgradeNotes("v9.9.9");
  expect(stderr).toMatch(
    /^There is no tag or commit `v9\.9\.9` in this repository\. Its tags are: v0\.3\.0, v0\.2\.1, v0\.2\.0, v0\.1\.0\.\n/,
  );
  expect(status).toBe(1);
}, 120_000);

test("an interrupted run leaves no files behind", async () => {
  const started = spawn(process.execPath, program("v0.2.1"), { cwd: repository, env: environment({}) });
  let stderr = "";
  started.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise((resolve) => started.on("close", resolve));
  const synthesizes = () =>
    readdirSync(temporary).some((folder) => existsSync(join(temporary, folder, "version", "node_modules")));
  while (!synthesizes()) await sleep(50);
  await sleep(500);
  started.kill("SIGINT");
  expect(await ended).toBe(1);
  expect(withoutNodeAdvice(stderr)).toBe("Interrupted. Nothing was changed.\n");
}, 120_000);

function upgradeNotes(version: string, variables: Record<string, string> = {}) {
  const outcome = spawnSync(process.execPath, program(version), {
    cwd: repository,
    env: environment(variables),
    encoding: "utf8",
  });
  return { ...outcome, stderr: withoutNodeAdvice(outcome.stderr) };
}

function program(version: string): string[] {
  return ["--import", "tsx", "commands/upgrade-notes.ts", version];
}

function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, TMPDIR: temporary, ...variables };
}

function edit(file: string, change: (text: string) => string): void {
  const path = join(repository, file);
  const before = readFileSync(path, "utf8");
  writeFileSync(path, change(before));
}

/** Commits and tags a release with its changes. */
function release(tag: string): void {
  commitAll(repository, tag);
  git("tag", tag);
}

function git(...args: string[]): string {
  return runGit(repository, ...args);
}
