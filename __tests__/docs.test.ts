import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { changelogFaults } from "../commands/changelog";
import { commands, commandsByTask, usageOf } from "../commands/commands";
import { commandList } from "../commands/help";

const root = join(__dirname, "..");
const text = (path: string) => readFileSync(join(root, path), "utf8");
const below = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));

const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...below("docs", ".md")];

test.each(pages)("%s has no broken link", (page) => {
  const links = [...text(page).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = ""]) => join(dirname(page), link));
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
});

test("the pages that messages and comments refer to exist", () => {
  const sources = ["alerts", "commands", "config", "constructs", "kit", "metrics", "stacks", "subjects"].map((folder) =>
    below(folder, ".ts"),
  );
  const named = sources
    .flat()
    .flatMap((source) => [
      ...(text(source).match(/docs\/[\w/-]+\.md/g) ?? []),
      ...[...text(source).matchAll(/runbook: "([\w-]+\.md)"/g)].map(([, page]) => `docs/runbooks/${page}`),
    ]);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((page) => !existsSync(join(root, page)))).toEqual([]);
});

test("no code refers to the files of one environment, because users can rename environments", () => {
  const folders = ["commands", "constructs", "kit", "settings", "stacks", "subjects"];
  const sources = ["main.ts", "signals.ts", ...folders.flatMap((folder) => below(folder, ".ts"))];
  const named = sources.flatMap(
    (source) => text(source).match(/\b(config|rendered)\/(local|staging|production)\b/g) ?? [],
  );
  expect(named).toEqual([]);
});

describe("the list of commands", () => {
  const scripts: Readonly<Record<string, string>> = JSON.parse(text("package.json")).scripts;

  test("has every script of package.json, and no other", () => {
    expect(commands.map(({ name }) => name).sort()).toEqual(Object.keys(scripts).sort());
  });

  test("is in the README, task after task", () => {
    const [, section = ""] = /^## Commands\n([\s\S]*?)^## /m.exec(text("README.md")) ?? [];
    const tasks = [...section.matchAll(/^### (.+)\n\n\| Command \| Description \|\n\|---\|---\|\n((?:\|.*\|\n)+)/gm)];
    const listed = Object.entries(commandsByTask).map(([task, all]) => [
      task,
      all.map((command) => `| \`${usageOf(command)}\` | ${command.text} |\n`).join(""),
    ]);
    expect(tasks.map(([, task, rows]) => [task, rows])).toEqual(listed);
  });

  test("names similar commands that exist", () => {
    const names = commands.map(({ name }) => name);
    expect(commands.flatMap(({ similar = [] }) => similar).filter((name) => !names.includes(name))).toEqual([]);
  });

  test("is printed by task, with a summary of each command", () => {
    const lines = commandList(80).split("\n");
    expect(lines.filter(({ length }) => length > 80)).toEqual([]);
    expect(lines).toContain("Look at dashboards");
    expect(lines).toContain(`  ${"destroy -- <env>".padEnd(40)}removes local`);
  });

  test.each(Object.entries(scripts).filter(([, script]) => script.includes("typescript.mjs")))(
    "has the name by which the program of %s calls itself",
    (name, script) => {
      const program = script.split(" ").at(-1) ?? "";
      expect(text(program)).toContain(`name: "${name}",\n`);
    },
  );
});

test("no page names a command that does not exist", () => {
  const scripts = Object.keys(JSON.parse(text("package.json")).scripts);
  const named = pages.flatMap((page) => [...text(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name));
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

test("a decision record fits on a screen, and has the sections Context, Decision and Consequence", () => {
  for (const page of below("docs/decisions", ".md")) {
    expect(text(page).trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    expect(text(page).match(/^## .*/gm)).toEqual(["## Context", "## Decision", "## Consequence"]);
  }
});

describe("the changelog of the next version", () => {
  const changelog = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-31\n\n- More.\n\n## 0.1.0\n\nText.\n";
  const faults = (version: string) => changelogFaults(changelog, version).map(({ place, rule }) => `${place} ${rule}`);

  test("has a dated section that lists what the version changes", () => {
    expect(faults("0.2.0")).toEqual([]);
    expect(faults("0.1.0")).toEqual([
      "CHANGELOG.md must state the date of the version",
      "CHANGELOG.md: 0.1.0 must list what the version changes",
    ]);
  });

  test.each(["0.3.0", "0.2", "0.2.0-rc.1"])("is refused for %s, which has no section", (version) => {
    expect(faults(version)).toEqual([`CHANGELOG.md must have a section for ${version}`]);
  });
});

test("the changelog describes the present version or the next one", () => {
  const headings = [...text("CHANGELOG.md").matchAll(/^## \[([^\]]+)\]/gm)].map(([, name]) => name);
  const { version } = JSON.parse(text("package.json"));
  expect(headings.some((name) => name === "Unreleased" || name === version)).toBe(true);
});
