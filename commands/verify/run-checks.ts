import { concurrently } from "../concurrently";
import type { Check, CheckGroup, Findings } from "./check";
import type { Deployment } from "./deployment";
import { type Obstacle, obstacleOf } from "./obstacle";

/** Checks that run at the same time. Each of them sends many requests. */
const atOnce = 6;

/** Which checks are run. */
export interface Choice {
  /** Skips checks that create something. */
  readonly readOnly: boolean;
  /** Skips checks that read values of Secrets. */
  readonly withoutSecrets: boolean;
  /** Runs the checks that were asked for by these options. */
  readonly with: readonly NonNullable<Check["onlyWith"]>[];
}

export type Outcome =
  | ({ readonly status: "passed" | "failed" } & Findings)
  | { readonly status: "skipped"; readonly reason: string }
  | ({ readonly status: "not run" } & Obstacle);

export interface Result {
  readonly group: string;
  readonly check: Check;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/**
 * Runs the checks: first, concurrently, those that only read, and then those that create something, because some of the
 * first ones would find it.
 * @param onResult called with each result, in the order of the list
 */
export async function runChecks(
  groups: readonly CheckGroup[],
  deployment: Deployment,
  choice: Choice,
  onResult: (result: Result) => void,
): Promise<readonly Result[]> {
  const listed = groups.flatMap(({ name, checks }) => checks.map((check) => ({ group: name, check })));
  const results: Result[] = [];
  let reported = 0;
  const isLater = ({ creates }: Check) => creates !== undefined;
  for (const phase of [false, true]) {
    const indices = [...listed.keys()].filter((index) => isLater((listed[index] as Listed).check) === phase);
    await concurrently(indices, atOnce, async (index) => {
      const { group, check } = listed[index] as Listed;
      results[index] = { group, check, ...(await timed(() => outcomeOf(check, deployment, choice))) };
      for (let next = results[reported]; next; next = results[++reported]) onResult(next);
    });
  }
  return results;
}

type Listed = Pick<Result, "group" | "check">;

async function timed(work: () => Promise<Outcome>): Promise<Pick<Result, "outcome" | "seconds">> {
  const start = performance.now();
  const outcome = await work();
  return { outcome, seconds: Math.round((performance.now() - start) / 100) / 10 };
}

async function outcomeOf(check: Check, deployment: Deployment, choice: Choice): Promise<Outcome> {
  const reason = reasonToSkip(check, deployment, choice);
  if (reason !== undefined) return { status: "skipped", reason };
  try {
    const findings = await check.run(deployment);
    return { status: findings.failures.length === 0 ? "passed" : "failed", ...findings };
  } catch (error) {
    if (process.env.DEBUG) console.error(error);
    return { status: "not run", ...obstacleOf(error, `npm run verify -- ${deployment.environment.name}`) };
  }
}

/** @returns undefined if the check is run */
export function reasonToSkip(
  { without, creates, readsSecrets, onlyWith }: Check,
  { environment, signals }: Pick<Deployment, "environment" | "signals">,
  choice: Choice,
): string | undefined {
  const missing = without?.(environment, signals);
  if (missing !== undefined) return missing;
  if (onlyWith !== undefined && !choice.with.includes(onlyWith)) return `only with --${onlyWith}`;
  if (creates !== undefined && choice.readOnly) return `--read-only: it creates ${creates}`;
  return readsSecrets && choice.withoutSecrets ? "--without-secrets: it reads Secrets" : undefined;
}
