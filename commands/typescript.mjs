// Lets Node load TypeScript. A file that cannot be loaded is reported as a fault, without a stack trace: commands catch
// errors only after all of their files have been loaded.
import { createRequire } from "node:module";
import "tsx";

const require = createRequire(import.meta.url);

process.on("uncaughtException", (error) => {
  console.error(require("./uncaught-text.ts").uncaughtText(error));
  process.exit(1);
});
