import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recorded } from "../__tests__/fixtures/recorded";
import { CommandError, start } from "../commands/command";
import { Answers } from "../commands/dashboards/answers";
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
    prometheus: { type: "string", value: "url", help: "the Prometheus that is asked" },
    at: { type: "string", value: "seconds", help: "the end of the hour that is asked about, since 1970 (now)" },
    write: { type: "string", value: "file", help: "also writes the tables to this file" },
  },
  help: `
Asks one Prometheus everything that our dashboards ask when they are opened over an hour, and everything that those in the
folder ask. Prints for each dashboard how many queries have an answer and how many samples Prometheus reads. Where both
answer the same question (bench/dashboards/same-questions.ts), ours may read at most a third of the samples. Where theirs
has no answer in this Prometheus, nothing is compared: their metrics may not be kept, or may have other names.

docs/dashboards.md lists the public dashboards that we compare with, and where they are from.

Exit code 0: every target is met. 1: one is missed, or ours has no answer where theirs has one.`,
  run: async ({ theirs, prometheus, at, write }) => {
    if (typeof theirs !== "string") throw new CommandError("--theirs <folder> is needed.");
    if (typeof prometheus !== "string") throw new CommandError("--prometheus <url> is needed.");
    const answers = new Answers({ prometheus }, typeof at === "string" ? () => Number(at) : undefined);
    const [our, their] = [await loadOf(ourModels(), answers), await loadOf(theirModels(theirs), answers)];
    const compared = compare(sameQuestions, our, their);
    const text = comparisonReport(our, their, compared);
    console.log(text);
    if (typeof write === "string") writeFileSync(write, text);
    return compared.some(({ verdict }) => verdict === "missed" || verdict === "ours has no answer") ? 1 : 0;
  },
});

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
