import { Unanswered } from "../client";
import type { HealthRoute } from "../contract";
import type { Finding, Rule } from "../rule";
import type { Run } from "../run";

export const healthRoutes: Rule = {
  name: "health-routes",
  title: "the health routes answer 200",
  async check(run) {
    const findings: Finding[] = [];
    for (const { path } of routesOf(run)) {
      const { status, body } = await run.client.request(path);
      if (status === 200) continue;
      findings.push({
        expected: `GET ${path}: status 200`,
        found: `status ${status}: ${body.slice(0, 200)}`,
        remedy: "start the dependencies of the image before the checks, and serve the route without authentication",
      });
    }
    return findings;
  },
};

/** Number of requests to each route whose time is measured. */
const requests = 5;

export const healthTime: Rule = {
  name: "health-time",
  title: "the health routes answer before the kubelet gives up",
  async check(run) {
    const findings: Finding[] = [];
    for (const route of routesOf(run)) {
      const times: number[] = [];
      for (let request = 0; request < requests; request += 1) times.push(await secondsOf(run, route));
      findings.push(...timeFindings(route, Math.max(...times)));
    }
    return findings;
  },
};

function routesOf({ contract }: Run): readonly HealthRoute[] {
  return [contract.health.live, contract.health.ready];
}

/** @returns infinity if there is no answer within the time that the kubelet waits */
async function secondsOf(run: Run, { path, timeoutSeconds }: HealthRoute): Promise<number> {
  try {
    return (await run.client.request(path, { timeoutSeconds })).seconds;
  } catch (error) {
    if (error instanceof Unanswered && error.reason.startsWith("no complete answer")) return Infinity;
    throw error;
  }
}

export function timeFindings({ path, timeoutSeconds }: HealthRoute, seconds: number, when = ""): readonly Finding[] {
  if (seconds <= timeoutSeconds) return [];
  return [
    {
      expected: `GET ${path}${when}: an answer within ${timeoutSeconds} s, the timeout of the probe`,
      found: seconds === Infinity ? "no answer within this time" : `${seconds.toFixed(2)} s`,
      remedy: "limit the time of each check in the route, and run the checks at once",
    },
  ];
}

export { secondsOf };
