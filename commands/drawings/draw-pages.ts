import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DrawnPage, Order } from "../../preview/browser/order";
import { CommandError } from "../command";
import { chromiumPath } from "./chromium";

const program = join(__dirname, "..", "..", "preview", "browser", "draw.ts");

/**
 * Draws pages in a headless Chromium, in parallel on all cores.
 *
 * @param onDrawn is called with each page as soon as it is finished
 * @throws {CommandError} when the browser cannot be started
 */
export async function drawPages(orders: readonly Order[], onDrawn: (page: DrawnPage) => void): Promise<void> {
  const browser = spawn(process.execPath, ["--import", "tsx", program, chromiumPath()], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stderr = "";
  browser.stderr.on("data", (part) => {
    stderr += part;
  });
  const ended = once(browser, "close");
  browser.stdin.on("error", () => {}).end(orders.map((order) => `${JSON.stringify(order)}\n`).join(""));
  let count = 0;
  try {
    for await (const line of createInterface({ input: browser.stdout })) {
      onDrawn(JSON.parse(line));
      count += 1;
    }
  } finally {
    // The browser still runs only if the callback threw an error. The remaining pages are then not needed.
    browser.kill();
    await ended;
  }
  if (count < orders.length) throw new CommandError(`The browser drew ${count} of ${orders.length} pages:\n${stderr}`);
}
