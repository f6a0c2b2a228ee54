import { join } from "node:path";
import { type Command, CommandError, start } from "./command";
import { untilInterrupted } from "./interruption";
import { watchSources } from "./preview/watch-sources";
import { paintFor } from "./prove/paint";
import { sourceFailure } from "./source-failure";
import { startWaiting } from "./waiting-process";

const root = join(__dirname, "..");

export const prove: Command = {
  name: "prove",
  positionals: {},
  operands: { name: "alert", help: "name of an alert, or its beginning" },
  options: {
    environment: {
      type: "string",
      value: "name",
      help: "environment whose alert is played (default: the first one that has the alert)",
    },
    watch: { type: "boolean", help: "plays again whenever a source file is saved" },
  },
  help: `
Plays the scenarios of an alert, and draws what happens in each of them: the measure and its limit, and when the alert is
silent, pending and firing. Below each drawing, it prints what the scenario expects and what happened. It names the panel
and the runbook, and prints faults of the form that \`npm run synth\` finds. Only synth refuses a missing panel or runbook.
Failed scenarios come last.

promtool plays alerts on metrics in one or two seconds, from the same files as the tests. Alerts on logs need Loki, which
takes some seconds more to start. Both programs are taken from PATH in the pinned version, or built with Go, once.

Exit code 0: every scenario passed. 1: a scenario failed, the form has a fault, or there is no such alert.`,
  async run({ environment, watch }, names) {
    if (!watch) return await proveOnce(typeof environment === "string" ? environment : undefined, names);
    if (names.length === 0) throw new CommandError("--watch needs the name of an alert.");
    const args = [...names, ...(typeof environment === "string" ? ["--environment", environment] : [])];
    await proveAfterSaves(args);
    return 0;
  },
};

async function proveOnce(environment: string | undefined, names: readonly string[]): Promise<number> {
  try {
    const { environmentOf, proveAlerts, validEnvironments } = loadAlerts();
    const environments = environment === undefined ? validEnvironments() : [environmentOf({ environment })];
    const terminal = { width: process.stdout.columns ?? 80, paint: paintFor(process.stdout) };
    return (await proveAlerts(environments, names, terminal)) ? 0 : 1;
  } catch (error) {
    throw new CommandError(sourceFailure(error));
  }
}

/** Loads the sources of the alerts. Sources that are being edited may fail to load. */
export function loadAlerts(): typeof import("./environments") & typeof import("./prove/prove-alerts") {
  return { ...require("./environments"), ...require("./prove/prove-alerts") };
}

/** Plays now, and again after each save, until this process is asked to end. */
async function proveAfterSaves(args: readonly string[]): Promise<void> {
  const startNext = () => startWaiting(join(__dirname, "prove", "prove-when-asked.ts"), args, "inherit");
  let waiting = startNext();
  let last = Promise.resolve();
  let isEnded = false;
  const playNext = async () => {
    if (process.stdout.isTTY) console.clear();
    await waiting.proceed();
    if (isEnded) return;
    // Started before the next file is saved, it is ready then.
    waiting = startNext();
    console.log("Waiting for a source file to be saved. Ctrl-C ends this.");
  };
  const play = () => {
    last = last.then(playNext);
    return last;
  };
  // From the beginning: a file may be saved while the first report is printed.
  const unwatch = watchSources(root, [], play);
  void play();
  await untilInterrupted();
  isEnded = true;
  unwatch();
  waiting.stop();
}

if (require.main === module) void start(prove);
