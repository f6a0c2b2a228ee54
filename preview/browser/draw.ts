import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import type { Drawing } from "../src/facts";
import type { DrawnPage, Order } from "./order";
import { palettePng } from "./palette-png";

/** Milliseconds after which a page counts as failed. */
const timeout = 60_000;

/**
 * Draws pages in headless Chromium: reads one order per line as JSON from the standard input, and writes one result per line.
 * The first argument is the path of the browser.
 */
async function main([executablePath]: readonly string[]): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: flags });
  const orders: Order[] = [];
  for await (const line of createInterface({ input: process.stdin })) orders.push(JSON.parse(line));
  const worker = async () => {
    // A browser draws only the front page of a window, so each worker has its own. The page keeps its process and its cache.
    const page = await browser.newPage();
    for (let order = orders.shift(); order; order = orders.shift()) {
      process.stdout.write(`${JSON.stringify(await draw(page, order))}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  await browser.close();
}

/** Root has no sandbox. Chromium's background tasks need a network. */
const flags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function draw(page: Page, { url, width, height, picture }: Order): Promise<DrawnPage> {
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  try {
    await page.setViewportSize({ width, height });
    await page.goto(url);
    const drawing = await waitForDrawing(page);
    if (picture) await palettePng(await page.screenshot(), picture);
    return errors.length > 0 ? { url, error: errors.join("\n") } : { url, drawing };
  } catch (error) {
    return { url, error: [...errors, error instanceof Error ? error.message : error].join("\n") };
  } finally {
    page.removeAllListeners("pageerror");
  }
}

/** Playwright's own `waitForFunction` runs code inside of the page, which the page forbids. */
async function waitForDrawing(page: Page): Promise<Drawing> {
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await setTimeout(50)) {
    const drawing: Drawing | undefined = await page.evaluate("window.drawing");
    if (drawing?.done) return drawing;
  }
  throw new Error(`the page is not finished after ${timeout / 1000} seconds`);
}

void main(process.argv.slice(2));
