import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Failure } from "../../commands/verify/check";
import { charts, context, outdir } from "./kubernetes";
import { minute } from "./steps";

/** The report of `npm run verify`, as far as the stories read it. */
export interface Verification {
  readonly code: number;
  /** Everything that the command printed. */
  readonly printed: string;
  readonly seconds: number;
  readonly checks: readonly VerifiedCheck[];
}

/** One check of a report. docs/verify.md describes its fields. */
export interface VerifiedCheck {
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped" | "not run";
  /** The failures of the check. @default the check was not run */
  readonly failures?: readonly Failure[];
  /** The reason why the check was not run or skipped. @default the check was run */
  readonly reason?: string;
}

/** Starts `npm run verify -- --json` for the deployed environment. */
export function startVerification(flags: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) {
  const args = ["--import", "tsx", join(__dirname, "main.ts"), "verify", "--json"];
  const started = spawn(
    process.execPath,
    [...args, "--context", context, "--charts", charts, "--outdir", outdir, ...flags],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const start = performance.now();
  const closed = new Promise<number>((resolve) => started.on("close", (code) => resolve(code ?? 137)));
  const ended = Promise.all([text(started.stdout), text(started.stderr), closed]).then(([stdout, stderr, code]) => ({
    code,
    printed: `${stdout}${stderr}`,
    seconds: Math.round((performance.now() - start) / 1000),
    checks: checksIn(stdout),
  }));
  return { process: started, ended: ended as Promise<Verification> };
}

/** Verifies the deployed environment. */
export function verification(...flags: readonly string[]): Promise<Verification> {
  return startVerification(flags).ended;
}

/** Verifies until no check fails. After a deployment, some queries have no result before ten minutes are over. */
export async function greenVerification(...flags: readonly string[]): Promise<Verification> {
  let last = await verification(...flags);
  for (const end = Date.now() + 20 * minute; Date.now() < end && last.code !== 0; last = await verification(...flags))
    await sleep(10_000);
  expect([...failureTexts(last), ...notRunTexts(last)]).toEqual([]);
  expect(last.code).toBe(0);
  return last;
}

function checksIn(stdout: string): readonly VerifiedCheck[] {
  if (!stdout.startsWith("{")) return [];
  return JSON.parse(stdout).groups.flatMap((group: { readonly checks: readonly VerifiedCheck[] }) => group.checks);
}

/** The failures of a report, each as one text that begins with the id of its check. */
export function failureTexts({ checks }: Verification): readonly string[] {
  return checks.flatMap(({ id, failures = [] }) => failures.map(({ where, found }) => `${id}: ${where}: ${found}`));
}

/** The checks that were not run, each as one text that begins with the id of the check. */
export function notRunTexts({ checks }: Verification): readonly string[] {
  return checks.filter(({ status }) => status === "not run").map(({ id, reason }) => `${id}: ${reason}`);
}
