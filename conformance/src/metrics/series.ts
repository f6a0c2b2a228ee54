import { randomBytes } from "node:crypto";
import { type Answer, connections, Unanswered } from "../client";
import type { Finding, Rule } from "../rule";
import type { Run } from "../run";

/** Methods that a caller may use. The last two are defined by no standard. */
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "REPORT", "BREW", "FETCHALL"] as const;

/** Number of series that requests of unknown paths may add, for example by a status that occurs for the first time. */
const mostAdded = 10;

export const metricSeries: Rule = {
  name: "metric-series",
  title: "random paths and methods create no series",
  async check(run) {
    await run.families();
    // The series of each method may exist from its first request on.
    for (const method of methods) await ask(run, method);
    const before = await run.scrape();
    await flood(run);
    const after = await run.scrape();
    return [
      ...addedFindings(run, before.samples.length, after.samples.length),
      ...limitFindings(run, after.samples.length),
    ];
  },
};

async function flood(run: Run): Promise<void> {
  let left = run.choices.randomRequests;
  const caller = async () => {
    for (; left > 0; ) {
      left -= 1;
      const method = left % 20 === 0 ? randomBytes(4).toString("hex").toUpperCase().replace(/\d/g, "X") : pick(methods);
      await ask(run, method);
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
}

/** A server may close the connection at a method that it does not know. */
async function ask(run: Run, method: string): Promise<Answer | undefined> {
  const path = `/${randomBytes(8).toString("hex")}/${randomBytes(2).toString("hex")}`;
  return run.client.request(path, { method }).catch((error) => {
    if (error instanceof Unanswered && error.reason.includes("closed")) return undefined;
    throw error;
  });
}

function pick<T>(values: readonly T[]): T {
  return values[Math.floor(Math.random() * values.length)] as T;
}

function addedFindings({ choices: { randomRequests } }: Run, before: number, after: number): readonly Finding[] {
  if (after - before <= mostAdded) return [];
  return [
    {
      expected: `at most ${mostAdded} more samples after ${randomRequests} requests with random paths and methods`,
      found: `${after - before} more samples (${before} before, ${after} after)`,
      remedy:
        "label requests with the template of their route, and all requests without a route, and all unknown methods, alike",
    },
  ];
}

function limitFindings({ contract }: Run, samples: number): readonly Finding[] {
  const { sampleLimit } = contract.metrics;
  if (samples <= sampleLimit) return [];
  return [
    {
      expected: `at most ${sampleLimit} samples in a scrape, above which Prometheus rejects it`,
      found: `${samples} samples`,
      remedy: "remove labels that have many values",
    },
  ];
}
