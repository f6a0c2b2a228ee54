import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { child } from "../../commands/child";
import { imageContract } from "../../commands/contract/image-contract";
import { freePort } from "../../commands/free-port";
import type { Contract } from "../../conformance/src/contract";
import { local } from "../fixtures/local";
import { unpackedArchive } from "./archive";
import { breakingProxy } from "./breaking-proxy";
import { copyLog } from "./log-copy";
import { type Profile, referenceErp } from "./reference-erp";
import { sentryRelay } from "./sentry-relay";
import { type Variant, variants } from "./variants";

/** The part of the report that tests read. */
export interface Report {
  readonly rules: readonly { readonly rule: string; readonly outcome: string; readonly reason?: string }[];
}

/** The result of one run of the checks. */
export interface Checked {
  readonly code: number;
  readonly text: string;
  /** The report, if the run wrote one. @default the checks could not run */
  readonly report?: Report;
}

export type Session = Awaited<ReturnType<typeof startSession>>;

export const profiles: readonly Profile[] = ["starlette-prometheus", "fastapi-instrumentator"];

/** Number of variants that are checked at the same time. Most of their time, some of them wait. */
const lanes = 4;

/** Fewer requests than by default: a variant is found with a few of them. */
const short = ["--random-requests", "20", "--scrapes", "4"];

/** The reference ERP with both profiles, and the checks in an unpacked archive. */
export async function startSession() {
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  const port = await freePort();
  const relay = await sentryRelay(port);
  const [erp, program] = await Promise.all([
    referenceErp(folder, `http://key@127.0.0.1:${port}/1`),
    unpackedArchive(folder, contractOf("starlette-prometheus")),
  ]);

  /** Runs the program in the folder of its archive. */
  async function check(url: string, ...args: readonly string[]): Promise<Checked> {
    const { NODE_PATH: _path, ...env } = process.env;
    const cwd = dirname(dirname(program));
    const { code, stdout, stderr } = await child(process.execPath, [program, url, "--json", ...args], { cwd, env });
    const report = stdout.startsWith("{") && { report: JSON.parse(stdout) };
    return { code, text: stdout + stderr, ...report };
  }

  async function checkVariant(variant: Variant, index: number): Promise<Checked> {
    const { on = "starlette-prometheus", contract = (given) => given, line, event, takesDown, stop } = variant;
    const { url, log } = erp.apis[on];
    const proxy = await breakingProxy(url, variant);
    const contractFile = contractIn(folder, `${index}`, contract(contractOf(on)));
    const logFile = join(folder, `${index}.log`);
    const copy = copyLog(log, logFile, line?.(proxy.seen) ?? ((given) => [given]));
    const port = await freePort();
    const events = event && relay.forward(port, event(proxy.seen));
    const tell = (what: string) => `"${process.execPath}" -e 'fetch("${proxy.url}/-/${what}")'`;
    const down = ["--dependency", "redis", "--dependency-down", tell("down"), "--dependency-up", tell("up")];
    try {
      const args = [...short, "--contract", contractFile, "--log", logFile];
      if (event) args.push("--sentry", String(port), "--failing-path", "/at-once");
      if (takesDown) args.push(...down);
      if (stop) args.push("--stop-command", tell("stop"));
      return await check(proxy.url, ...args);
    } finally {
      copy.stop();
      events?.stop();
      proxy.close();
    }
  }

  return {
    erp,
    program,
    check,

    /** Starts to check all variants. @returns the result of each, as soon as it is known */
    async checkVariants(): Promise<ReadonlyMap<Variant, Promise<Checked>>> {
      // Series that exist only from a first request on must not appear while other variants are checked.
      for (const { url } of Object.values(erp.apis)) await check(url, ...short, "--failing-path", "/at-once");
      const last = Array.from({ length: lanes }, () => Promise.resolve<unknown>(undefined));
      return new Map(
        variants.map((variant, index): [Variant, Promise<Checked>] => {
          const run = (last[index % lanes] ?? Promise.resolve()).then(() => checkVariant(variant, index));
          last[index % lanes] = run.catch(() => {});
          return [variant, run];
        }),
      );
    },

    /** Checks all rules with the ERP itself, and stops it. */
    async checkReference(profile: Profile, junit: string): Promise<Checked> {
      const { url, pid, log } = erp.apis[profile];
      const port = await freePort();
      const events = relay.forward(port, (event) => event);
      const args = ["--contract", contractIn(folder, profile, contractOf(profile)), "--log", log, "--junit", junit];
      args.push("--sentry", String(port), "--failing-path", "/at-once", "--stop-command", `kill -TERM ${pid}`);
      args.push("--dependency", "redis", "--dependency-down", `kill -STOP ${erp.redis}`);
      args.push("--dependency-up", `kill -CONT ${erp.redis}`);
      const checked = await check(url, ...args);
      events.stop();
      return checked;
    },

    folder,
    async end(): Promise<void> {
      await erp.stop();
      relay.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The contract of an environment, with a timeout of scrapes that a busy machine keeps. */
function contractOf(httpMetrics: Profile): Contract {
  const { metrics, ...contract } = imageContract({ ...local, erp: { ...local.erp, httpMetrics } });
  return { ...contract, metrics: { ...metrics, timeoutSeconds: 30 } };
}

function contractIn(folder: string, name: string, contract: Contract): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(contract));
  return file;
}
