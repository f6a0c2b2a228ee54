import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recorded } from "../__tests__/fixtures/recorded";
import { CommandError, start } from "../commands/command";
import { Answers } from "../commands/dashboards/answers";
import { type RecordedSlice, whileReplaying } from "../commands/preview/replay";
import { refuseAny } from "../faults";
import type { Model } from "../kit/dashboards/dashboard";
import { namespaces } from "../settings/addresses";
import { signals } from "../signals";
import { askAll, type QueryCost } from "./dashboards/ask-dashboard";
import { compare, type Load } from "./dashboards/comparison";
import { comparisonReport } from "./dashboards/comparison-report";
import { readDashboard } from "./dashboards/read-dashboard";
import { sameQuestions } from "./dashboards/same-questions";

/** The variable values that are chosen where a dashboard offers them: those of a reader who operates the ERP. */
const preferred = { namespace: namespaces.erp };

start({
  name: "bench:dashboards",
  positionals: {},
  options: {
    theirs: { type: "string", value: "folder", help: "folder with the JSON files of the dashboards to compare with" },
    prometheus: {
      type: "string",
      value: "url",
      help: "address of the Prometheus to query; by default, one with the recording is started",
    },
    at: {
      type: "string",
      value: "seconds",
      help: "end of the queried hour, since 1970, with --prometheus; by default now",
    },
    write: { type: "string", value: "file", help: "also writes the tables to this file" },
  },
  help: `
Sends one Prometheus all queries that our dashboards send when they are opened over an hour, and all queries of the
dashboards in the folder. Prints, for each dashboard, how many queries have an answer and how many samples Prometheus
reads. Where both answer the same question (bench/dashboards/same-questions.ts), our queries may read at most a third of
the samples. Where the other dashboard has no answer in this Prometheus, nothing is compared: its metrics may not be
kept, or may have other names.

Without --prometheus, the command starts a Prometheus that contains the recording in preview/recordings/.
docs/dashboards.md lists the public dashboards that we compare with, and their sources.

Exit code 0: every target is met. 1: a target is missed, or our dashboard has no answer where the other one has one.`,
  run: async ({ theirs, prometheus, at, write }) => {
    if (typeof theirs !== "string")
      throw new CommandError("--theirs is missing: add `--theirs <folder>` with the folder of the other dashboards.");
    const report = async (url: string, end?: number) => {
      const { text, compared } = await compareWith(theirs, new Answers({ prometheus: url }, end));
      console.log(text);
      if (typeof write === "string") writeFileSync(write, text);
      return compared.some(({ verdict }) => verdict === "missed" || verdict === "ours has no answer") ? 1 : 0;
    };
    if (typeof prometheus === "string") return report(prometheus, typeof at === "string" ? Number(at) : undefined);
    return whileReplaying({}, ({ prometheus: url, slices }) => report(url, endOfQuiet(slices)));
  },
});

async function compareWith(folder: string, answers: Answers) {
  const ours = await loadOf(ourModels(), answers);
  const theirs = await loadOf(theirModels(folder), answers);
  const compared = compare(sameQuestions, ours, theirs);
  return { compared, text: comparisonReport(ours, theirs, compared) };
}

/** The last second of the recording of a healthy system. */
function endOfQuiet(slices: readonly RecordedSlice[]): number {
  const quiet = slices.filter(({ kind }) => kind === "quiet").at(-1);
  if (!quiet)
    throw new CommandError(
      "The recording has no slice of a healthy system. preview/recordings/README.md describes how to capture one.",
    );
  return Math.floor(quiet.to / 1000);
}

function ourModels(): readonly Model[] {
  const { platform, erp, faults } = signals(recorded);
  refuseAny(faults);
  return [...erp.dashboards, ...platform.dashboards].map(({ model }) => model);
}

function theirModels(folder: string): readonly Model[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (files.length === 0)
    throw new CommandError(`${folder} contains no dashboard: it has no file that ends in \`.json\`.`);
  return files.sort().map((file) => readDashboard(join(folder, file)));
}

async function loadOf(models: readonly Model[], answers: Answers): Promise<Load> {
  const load = new Map<string, readonly QueryCost[]>();
  for (const model of models) load.set(model.title, await askAll(model, answers, preferred));
  return load;
}
