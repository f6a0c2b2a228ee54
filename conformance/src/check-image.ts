import { CannotRun } from "./cannot-run";
import { Unanswered } from "./client";
import { NotChecked } from "./not-checked";
import { plantSecrets } from "./plant-secrets";
import type { Finding, Rule } from "./rule";
import { rules } from "./rules";
import type { Run } from "./run";

/** The outcome of one rule. */
export interface Result {
  readonly rule: string;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "not checked";
  readonly seconds: number;
  readonly findings: readonly Finding[];
  /** The reason why the rule was not checked, with the option that enables it. @default the rule was checked */
  readonly reason?: string;
}

/**
 * Checks all rules, one after the other.
 * @throws {CannotRun} if the image does not answer at all.
 */
export async function checkImage(run: Run, events: Progress): Promise<readonly Result[]> {
  await prepare(run);
  const results: Result[] = [];
  for (const rule of rules) {
    events.begin(rule, results.length + 1, rules.length);
    results.push(await checkRule(rule, run));
    events.end(results.at(-1) as Result);
  }
  return results;
}

export interface Progress {
  begin(rule: Rule, number: number, count: number): void;
  end(result: Result): void;
}

/** Sends the secrets before the rules are checked, so that lines and events have time to arrive. */
async function prepare(run: Run): Promise<void> {
  try {
    await run.client.request(run.contract.health.live.path);
    run.plantedRequestId = await plantSecrets(run);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw new CannotRun(
      `${run.client.url.origin} does not answer (${error.message}). Start the image, wait until it is ready, and check the address.`,
    );
  }
  run.log?.lines();
}

async function checkRule(rule: Rule, run: Run): Promise<Result> {
  const { name, title, needs = [] } = rule;
  const start = performance.now();
  const result = (rest: Pick<Result, "outcome" | "findings" | "reason">): Result => ({
    rule: name,
    title,
    seconds: Math.round(performance.now() - start) / 1000,
    ...rest,
  });
  const missing = needs.filter(({ isGiven }) => !isGiven(run));
  if (missing.length > 0) {
    return result({
      outcome: "not checked",
      findings: [],
      reason: `needs ${missing.map(({ option }) => option).join(", ")}`,
    });
  }
  try {
    const findings = await rule.check(run);
    return result({ outcome: findings.length === 0 ? "passed" : "failed", findings });
  } catch (error) {
    if (error instanceof NotChecked) return result({ outcome: "not checked", findings: [], reason: error.message });
    if (!(error instanceof Unanswered)) throw error;
    const remedy = "look in the log of the image for the reason";
    return result({
      outcome: "failed",
      findings: [{ expected: `${error.asked}: a complete answer`, found: error.reason, remedy }],
    });
  }
}
