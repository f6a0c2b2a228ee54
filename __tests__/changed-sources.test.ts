import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "changed-sources-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Loads `panel`, which imports `dashboard` through `row`, and a neighbour, in a process of its own. Then changes files, and
 * loads them again.
 *
 * @returns the text of the row, and whether the neighbour is still the same module
 */
function loadedAfter(change: string): string {
  const sources: Readonly<Record<string, string>> = {
    "panel.ts": 'export const title = "before";\n',
    "row.ts": 'export { title } from "./panel";\n',
    "dashboard.ts": 'import { title } from "./row";\nexport const text = `dashboard of ${title}`;\n',
    "neighbour.ts": "export const loaded = {};\n",
    "main.ts": `
      import { renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
      import { forgetChangedSources } from ${JSON.stringify(join(__dirname, "..", "commands", "changed-sources"))};
      const start = Date.now();
      const load = () => ({ text: require("./dashboard").text, neighbour: require("./neighbour").loaded });
      const before = load();
      const folder = __dirname;
      ${change}
      forgetChangedSources(start);
      const after = load();
      console.log(after.text, after.neighbour === before.neighbour);
    `,
  };
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
  const main = ["--import", "tsx", join(folder, "main.ts")];
  const { stdout, stderr } = spawnSync(process.execPath, main, { cwd: join(__dirname, ".."), encoding: "utf8" });
  return stdout.trim() || stderr;
}

const write = 'writeFileSync(`${folder}/panel.ts`, "export const title = \\"after\\";");';

test("a saved file and all files that import it are loaded again, and no others", () => {
  expect(loadedAfter(write)).toBe("dashboard of after true");
});

test("a file that replaces another one is loaded, although it was written earlier", () => {
  const replace = `
    writeFileSync(\`\${folder}/older\`, "export const title = \\"replaced\\";");
    utimesSync(\`\${folder}/older\`, 0, 0);
    renameSync(\`\${folder}/older\`, \`\${folder}/panel.ts\`);
  `;
  expect(loadedAfter(replace)).toBe("dashboard of replaced true");
});

test("a file that was deleted is not found", () => {
  expect(loadedAfter("rmSync(`${folder}/panel.ts`);")).toMatch(/no such file or directory.*panel\.ts/);
});

test("nothing is loaded again if nothing was saved", () => {
  expect(loadedAfter("")).toBe("dashboard of before true");
});
