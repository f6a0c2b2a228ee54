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
import { type Asked, askAll } from "./dashboards/asked";
import { compare, type Load } from "./dashboards/comparison";
import { comparisonReport } from "./dashboards/comparison-report";
import { readDashboard } from "./dashboards/read-dashboard";
import { sameQuestions } from "./dashboards/same-questions";

/** What a reader chooses who looks after the ERP. */
const preferred = { namespace: namespaces.erp };

start({
  name: "bench:dashboards",
  positionals: {},
  options: {
    theirs: { type: "string", value: "folder", help: "JSON files of the dashboards that ours are compared with" },
    prometheus: {
      type: "string",
      value: "url",
      help: "the Prometheus to query; default: one with the recording",
    },
    at: { type: "string", value: "seconds", help: "the end of the hour, since 1970, with --prometheus (now)" },
    write: { type: "string", value: "file", help: "also writes the tables to this file" },
  },
  help: `
Asks one Prometheus everything that our dashboards ask when they are opened over an hour, and everything that those in the
folder ask. Prints for each dashboard how many queries have an answer and how many samples Prometheus reads. Where both
answer the same question (bench/dashboards/same-questions.ts), ours may read at most a third of the samples. Where theirs
has no answer in this Prometheus, nothing is compared: their metrics may not be kept, or may have other names.

Unless another Prometheus is named, the one that answers contains the recording in preview/recordings/.
docs/dashboards.md lists the public dashboards that we compare with, and where they are from.

Exit code 0: every target is met. 1: one is missed, or ours has no answer where theirs has one.`,
  run: async ({ theirs, prometheus, at, write }) => {
    if (typeof theirs !== "string") throw new CommandError("--theirs <folder> is needed.");
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
  const quiet = slices.filter(({ mood }) => mood === "quiet").at(-1);
  if (!quiet) throw new CommandError("The recording has no slice of a healthy system.");
  return Math.floor(quiet.to / 1000);
}

function ourModels(): readonly Model[] {
  const { platform, erp, faults } = signals(recorded);
  refuseAny(faults);
  return [...erp.dashboards, ...platform.dashboards].map(({ model }) => model);
}

function theirModels(folder: string): readonly Model[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (files.length === 0) throw new CommandError(`${folder} contains no dashboard: no file there ends in \`.json\`.`);
  return files.sort().map((file) => readDashboard(join(folder, file)));
}

async function loadOf(models: readonly Model[], answers: Answers): Promise<Load> {
  const load = new Map<string, readonly Asked[]>();
  for (const model of models) load.set(model.title, await askAll(model, answers, preferred));
  return load;
}
