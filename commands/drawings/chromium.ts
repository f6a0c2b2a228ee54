import { spawnSync } from "node:child_process";
import { CommandError } from "../command";

/** Names under which distributions install it. */
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * The browser that draws pages, from PATH.
 * @throws {CommandError} that says how to get it
 */
export function chromiumPath(): string {
  const found = names.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (found) return found;
  throw new CommandError(`There is no Chromium on PATH, which draws the pages. Install it:
  apt-get install chromium          on Debian
  brew install --cask chromium      on macOS
or put a Chrome there under one of these names: ${names.join(", ")}.`);
}
