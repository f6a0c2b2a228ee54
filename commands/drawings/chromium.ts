import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { CommandError } from "../command";

/** Names under which distributions install Chromium. */
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * Path of the browser that draws pages.
 * @throws {CommandError} with the commands that install it
 */
export function chromiumPath(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found) return found;
  throw new CommandError(`Chromium, which draws the pages, is not on PATH. Install it:
  apt-get install chromium          on Debian
  brew install --cask chromium      on macOS
or add a Chrome to PATH under one of these names: ${names.join(", ")}.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
