import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { refusalText } from "../commands/upgrade/refusal";
import { synthesizeVersion } from "../commands/upgrade/synthesize-version";

const inSettings = "- config/local.ts: owner: is required\n    add `owner`";
const inProduct = "- alerts/redis/redis-down.ts: has no runbook\n    write one\n    in local, production";

describe("faults of another version", () => {
  test("in config/ must be corrected by the user", () => {
    expect(refusalText({ name: "v0.2.0", settings: "next", faults: inSettings })).toBe(
      `v0.2.0 refuses the settings in next/. Change them when you merge it:\n${inSettings}\nTo see the other changes now, make these changes in a copy of config/, and add \`--settings <copy>\`.`,
    );
  });

  test("in other files are faults of the product", () => {
    expect(refusalText({ name: "v0.2.0", settings: "config", faults: inProduct })).toBe(
      `v0.2.0 has a fault in its own files. Report this, and do not merge v0.2.0:\n${inProduct}`,
    );
  });

  test("of both kinds are printed separately", () => {
    const text = refusalText({ name: "v0.2.0", settings: "config", faults: `${inSettings}\n${inProduct}` });
    expect(text).toMatch(
      /^v0\.2\.0 has a fault in its own files.*\n- alerts[\s\S]*\nv0\.2\.0 refuses the settings.*\n- config/,
    );
  });
});

describe("a version that cannot load config/ names the file and the position", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "refusals-"));
    symlinkSync(join(__dirname, "..", "node_modules"), join(folder, "node_modules"));
    write("cdktf.json", JSON.stringify({ app: "node --import tsx main.ts" }));
    // Like the real program, it reads source maps only if a flag enables them.
    write("main.ts", 'if (!process.env.DEBUG) process.setSourceMapsEnabled(false);\nrequire("./config/local");\n');
    write("settings/presets.ts", "export const small = 1;\n");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    [
      "syntax",
      "export const a = 1;\nexport const b = {;\n",
      'Error: Transform failed with 1 error:\nconfig/local.ts:2:18: ERROR: Expected identifier but found ";"\n',
    ],
    [
      "a removed file",
      'import { gone } from "../settings/gone";\nexport const b = gone;\n',
      "Error: Cannot find module '../settings/gone'\n    at config/local.ts\n",
    ],
    [
      "a removed function",
      'import { gone } from "../settings/presets";\n\nexport const b =\n  gone(1);\n',
      "TypeError: (0 , import_presets.gone) is not a function\n    at config/local.ts:4:3\n",
    ],
    ["an error without a place", "console.error('out of memory'); process.exit(1);\n", "out of memory\n"],
  ])("%s", async (_, text, expected) => {
    write("config/local.ts", text);
    const outcome = synthesizeVersion({ name: "v0.2.0", folder }, join(folder, "out"), new AbortController().signal);
    await expect(outcome).rejects.toThrow(
      `v0.2.0 could not be synthesised with your config/. ${expected}If config/ imports`,
    );
  });

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});
