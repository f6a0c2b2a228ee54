import { CommandError, start } from "./command";
import { chromiumPath } from "./drawings/chromium";
import { jestReport } from "./jest-report";
import { pageFiles } from "./preview/page-files";

start({
  name: "test:drawn",
  positionals: {},
  options: {},
  help: `Draws every dashboard from the recording in preview/recordings/, in a headless Chromium, and fails if a
reader could not read a panel or would misread it: series without a name or with the same name, more series than a
reader can distinguish, axes that are too long for their values, texts that are cut or overlap, red or yellow while
the system is healthy, green while an alert fires, and panels without data in every slice. It needs \`npm ci --prefix preview\` and a
Chromium on PATH, and takes about two minutes.
Exits 1 when anything fails. The last line counts: passed, failed, skipped.`,
  run: async () => {
    chromiumPath();
    await pageFiles();
    const { passed, failed, skipped } = await jestReport("--config", "jest.drawn.config.cjs");
    if (skipped.length > 0) throw new CommandError(`tests were skipped: ${skipped.join(", ")}`);
    console.log(`${passed} passed, ${failed} failed, 0 skipped`);
    return failed > 0 ? 1 : 0;
  },
});
