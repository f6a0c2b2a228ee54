import { CommandError, start } from "./command";
import { chromiumPath } from "./drawings/chromium";
import { jestReport } from "./jest-report";
import { pageFiles } from "./preview/page-files";

start({
  name: "test:drawn",
  positionals: {},
  options: {},
  help: `Draws every dashboard from the recording in preview/recordings/, in a headless Chromium, and fails on what a reader
could not read or would misread: series without a name or with the name of another, more series than can be told apart,
axes that squeeze what they show, texts that are cut or overlap, colours of trouble while nothing is wrong and colours of
calm while an alert fires, and panels that no part of the recording fills. It needs \`npm ci --prefix preview\` and a
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
