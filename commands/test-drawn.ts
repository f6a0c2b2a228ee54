import { CommandError, start } from "./command";
import { chromiumPath } from "./drawings/chromium";
import { jestReport } from "./jest-report";
import { pageFiles } from "./preview/page-files";

start({
  name: "test:drawn",
  positionals: {},
  options: {},
  help: `
Draws every dashboard from the recording in preview/recordings/, in a headless Chromium, and fails if a reader could not
read a panel or would misread it. It finds series without a name or with the same name, more series than a reader can
distinguish, axes that compress the lines, texts that are cut or overlap, yellow or red values while the system is
healthy, no value beyond the limit while an alert fires, and panels that have no data in any slice. It needs \`npm ci
--prefix preview\` and a Chromium on PATH, and takes about two minutes.

Exit code 0: everything passed. 1: something failed. The last line counts: passed, failed, skipped.`,
  run: async () => {
    chromiumPath();
    await pageFiles();
    const { passed, failed, skipped } = await jestReport("--config", "jest.drawn.config.cjs");
    if (skipped.length > 0) throw new CommandError(`These tests were skipped, and none may be: ${skipped.join(", ")}`);
    console.log(`${passed} passed, ${failed} failed, 0 skipped`);
    return failed > 0 ? 1 : 0;
  },
});
