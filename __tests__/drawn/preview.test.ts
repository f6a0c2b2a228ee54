import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { request } from "../../commands/request";

const root = join(__dirname, "..", "..");

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "preview-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function preview(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "commands/preview.ts", ...args], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The address that the preview prints as soon as it serves the page. */
async function address({ stdout }: ChildProcess): Promise<string> {
  if (stdout) for await (const line of createInterface({ input: stdout })) return line;
  throw new Error("it has ended");
}

async function answers(url: string): Promise<boolean> {
  return request(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

// Ctrl-C, and a terminal that is closed.
test.each(["SIGINT", "SIGHUP"] as const)(
  "%s ends the preview, with all of its programs and temporary folders",
  async (signal) => {
    const started = preview("erp-redis", "--watch");
    const url = new URL(await address(started)).origin;
    expect(await answers(`${url}/api/prometheus/api/v1/query?query=1`)).toBe(true);
    expect(readdirSync(folder)).toContainEqual(expect.stringMatching(/^erp-observability-/));
    const ended = once(started, "exit");
    started.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(readdirSync(folder).filter((name) => name.startsWith("erp-observability-"))).toEqual([]);
    expect(await answers(url)).toBe(false);
  },
  180_000,
);

test("a port that is in use is reported", async () => {
  const first = preview("erp-redis", "--prometheus", "http://127.0.0.1:9");
  const { port } = new URL(await address(first));
  const second = preview("erp-redis", "--prometheus", "http://127.0.0.1:9", "--port", port);
  let output = "";
  second.stderr?.on("data", (data) => {
    output += data;
  });
  expect(await once(second, "close")).toEqual([1, null]);
  expect(output).toContain(`Another program uses port ${port}`);
  expect(output).not.toContain("unexpectedly");
  first.kill();
  await once(first, "exit");
}, 180_000);
