import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, connections, Unanswered } from "../client";
import { bodyPathOf } from "../plant-secrets";
import type { Finding, Rule } from "../rule";
import type { Run } from "../run";
import { runCommand } from "../run-command";
import { becomesTrue } from "../wait";

/** Time under load before the command is run. */
const loadSeconds = 0.5;
/**
 * Time until the held requests are completed: after the end of the command, which may only send a signal, and at most
 * after its start, because `docker stop` waits until the image has ended.
 */
const hold = { afterEndSeconds: 0.5, longestSeconds: 5 } as const;
const endSeconds = 30;

export const shutdown: Rule = {
  name: "shutdown",
  title: "a shutdown under load loses no request",
  needs: [{ option: "--stop-command <command>", isGiven: ({ choices }) => choices.stopCommand !== undefined }],
  async check(run) {
    const { stopCommand } = run.choices;
    if (stopCommand === undefined) return [];
    const held = await holdRequests(run);
    const load = startLoad(run);
    await sleep(loadSeconds * 1000);
    // As in Kubernetes, where the Service forgets a pod some seconds before it is stopped: only requests that take long
    // remain. A short request could arrive on a connection that the image is just closing.
    load.stop();
    if (held.outcomes.length > 0) await Promise.all(load.outcomes);
    const stopped = runCommand(stopCommand);
    const ended = stopped.then(() => sleep(hold.afterEndSeconds * 1000));
    await Promise.race([ended, sleep(hold.longestSeconds * 1000)]);
    held.complete();
    const outcomes = await Promise.all([...held.outcomes, ...load.outcomes]);
    await stopped;
    return [...lossFindings(outcomes, held.outcomes.length), ...(await endFindings(run))];
  },
};

type Outcome = Answer | Unanswered;

/** Requests whose bodies are not complete, so that the image must wait for them. */
async function holdRequests(run: Run) {
  const path = await bodyPathOf(run);
  let complete = () => {};
  const later = new Promise<string>((resolve) => {
    complete = () => resolve('rmance"}');
  });
  const send = () =>
    run.client.request(path ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"name":"confo',
      later,
      alone: true,
      timeoutSeconds: endSeconds,
    });
  const outcomes = path === undefined ? [] : Array.from({ length: connections }, () => send().catch(unanswered));
  return { outcomes, complete };
}

/** Sends requests one after the other on each connection. */
function startLoad(run: Run) {
  let running = true;
  const { path } = run.contract.health.live;
  const caller = async (): Promise<Outcome> => {
    for (;;) {
      const outcome = await run.client.request(path, { timeoutSeconds: endSeconds }).catch(unanswered);
      if (!running || outcome instanceof Unanswered || outcome.status >= 500) return outcome;
    }
  };
  return {
    outcomes: Array.from({ length: connections }, caller),
    stop: () => {
      running = false;
    },
  };
}

function unanswered(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error;
  throw error;
}

function lossFindings(outcomes: readonly Outcome[], held: number): readonly Finding[] {
  const lost = outcomes.flatMap((outcome) => {
    if (outcome instanceof Unanswered) return [outcome.message];
    return outcome.status >= 500 ? [`status ${outcome.status}`] : [];
  });
  if (lost.length === 0) return [];
  return [
    {
      expected: `an answer to each of the ${outcomes.length} requests in progress (${held} of them with an incomplete body)`,
      found: `${lost.length} were lost: ${[...new Set(lost)].join("; ")}`,
      remedy:
        "finish accepted requests after SIGTERM, for example with uvicorn's --timeout-graceful-shutdown, and let the program receive the signal: start it with exec",
    },
  ];
}

async function endFindings(run: Run): Promise<readonly Finding[]> {
  const { path } = run.contract.health.live;
  const isClosed = () =>
    run.client.request(path, { alone: true, timeoutSeconds: 2 }).then(
      () => false,
      () => true,
    );
  if (await becomesTrue(isClosed, endSeconds)) return [];
  return [
    {
      expected: `the image has ended ${endSeconds} s after the end of the command`,
      found: `GET ${path} is still answered`,
      remedy: "check that the command stops this image",
    },
  ];
}
