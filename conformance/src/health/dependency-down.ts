import type { Finding, Rule } from "../rule";
import type { Run } from "../run";
import { runCommand } from "../run-command";
import { becomesTrue } from "../wait";
import { secondsOf, timeFindings } from "./health-rules";

/** Time in which the image must notice that the dependency is down: readiness may be cached for some seconds. */
const noticeSeconds = 10;
const recoverySeconds = 30;

export const dependencyDown: Rule = {
  name: "dependency-down",
  title: "with a dependency down, the image stays alive, readiness answers in time, and a metric shows it",
  needs: [
    {
      option: "--dependency <name> --dependency-down <command> --dependency-up <command>",
      isGiven: ({ choices }) => choices.dependency !== undefined,
    },
  ],
  async check(run) {
    const { dependency } = run.choices;
    if (dependency === undefined) return [];
    const { ready } = run.contract.health;
    const before = (await run.client.request(ready.path)).status;
    const findings: Finding[] = [];
    try {
      await runCommand(dependency.down);
      findings.push(...(await findingsWhileDown(run, dependency.name)));
    } finally {
      await runCommand(dependency.up);
    }
    const recovers = async () =>
      (await run.client.request(ready.path)).status === before && (await reachable(run, dependency.name)) !== 0;
    if (!(await becomesTrue(recovers, recoverySeconds))) {
      findings.push({
        expected: `GET ${ready.path}: status ${before} within ${recoverySeconds} s after ${dependency.name} is up again`,
        found: "another status, or the metric of the dependency is still 0",
        remedy: "open new connections to the dependency after a failure",
      });
    }
    return findings;
  },
};

async function findingsWhileDown(run: Run, name: string): Promise<readonly Finding[]> {
  const { live, ready, dependencyMetric } = run.contract.health;
  const when = ` while ${name} is down`;
  const times: number[] = [];
  const noticed = await becomesTrue(async () => {
    times.push(await secondsOf(run, ready));
    return times.at(-1) === Infinity || (await reachable(run, name)) === 0;
  }, noticeSeconds);
  const alive = await run.client.request(live.path);
  return [
    ...timeFindings(ready, Math.max(...times), when),
    ...timeFindings(live, alive.seconds, when),
    ...(alive.status === 200
      ? []
      : [
          {
            expected: `GET ${live.path}${when}: status 200`,
            found: `status ${alive.status}`,
            remedy: "let the liveness route ask no other server, so that an outage restarts no pod",
          },
        ]),
    ...(noticed
      ? []
      : [
          {
            expected: `${dependencyMetric}{dependency="${name}"} is 0 within ${noticeSeconds} s${when}`,
            found: `it is ${(await reachable(run, name)) ?? "not exposed"}`,
            remedy: "set the metric in the readiness route, for each dependency",
          },
        ]),
  ];
}

/** The value of the metric of the dependency. @returns undefined if there is none */
async function reachable(run: Run, name: string): Promise<number | undefined> {
  const { samples } = await run.scrape();
  const { dependencyMetric } = run.contract.health;
  return samples.find((sample) => sample.name === dependencyMetric && sample.labels.dependency === name)?.value;
}
