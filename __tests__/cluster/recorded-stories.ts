import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { faultRecord, readFaultRecords, writeFaultsPage } from "./faults-page";
import { judgement, noResults, type Results, resultsByStep } from "./results";
import { stories } from "./stories/stories";
import { storyTitle } from "./stories/story";
import type { Step, TestCluster } from "./suite";
import { limits, occasion, table } from "./verified-page";

const docs = join(__dirname, "..", "..", "docs");
const path = join(docs, "verified-live.md");
const faultsPath = join(docs, "faults.md");

/** What the page contains about one story. */
interface Record {
  /** The cells of its row after the name and the sentence: result, duration, occasion. */
  readonly cells: readonly string[];
  /** Its figures and notes, in Markdown. Empty if there are none. */
  readonly section: string;
}

/** Writes the rows of the stories that ran into `docs/verified-live.md` and `docs/faults.md`. Other rows stay as they are. */
export async function recordStories(steps: readonly Step[], cluster: TestCluster): Promise<void> {
  const records = new Map(readRecords(readFileSync(path, "utf8")));
  const faults = new Map(readFaultRecords(readFileSync(faultsPath, "utf8")));
  const when = await occasion(cluster);
  const results = resultsByStep();
  for (const story of stories) {
    const step = steps.find(({ title }) => title === storyTitle(story));
    if (!step) continue;
    const cells = [step.status, `${step.seconds} s`, when];
    const found = results.get(step.title) ?? noResults;
    records.set(story.name, { cells, section: section(found) });
    if (story.fault !== undefined) faults.set(story.name, faultRecord(found, step.status, when));
  }
  writeFileSync(path, writePage(records));
  writeFileSync(faultsPath, writeFaultsPage(faults));
}

/** The page of all stories, in the order of their list. The row of a story that never ran contains `not recorded`. */
export function writePage(records: ReadonlyMap<string, Record>): string {
  const rows = stories.map(({ name, proves }) => [
    `\`${name}\``,
    proves,
    ...(records.get(name)?.cells ?? ["not recorded", "", ""]),
  ]);
  const sections = stories
    .map(({ name }) => ({ name, text: records.get(name)?.section ?? "" }))
    .filter(({ text }) => text !== "")
    .map(({ name, text }) => `## \`${name}\`\n\n${text.trim()}\n\n`);
  return `# Verified: stories on a real cluster

Each row is a story of \`npm run test:live -- <story> --charts <folder>\`, as it was last recorded with \`--record\`. What a
story measured is in the section with its name. A value over its budget is no failure: it depends on the machine.

${table(["story", "what it proves", "result", "took", "recorded"], rows)}

${sections.join("")}${limits}`;
}

/** The records of a page that \`writePage\` wrote, by the name of the story. */
export function readRecords(page: string): ReadonlyMap<string, Record> {
  const sections = new Map(
    [...page.matchAll(/^## `([\w-]+)`\n\n(.*?)(?=^## )/gms)].map(([, name = "", text = ""]) => [name, text.trim()]),
  );
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)];
  return new Map(
    rows
      .map(([, name = "", cells = ""]) => [name, cells.split(" | ").slice(-3)] as const)
      .filter(([, [result]]) => result !== "not recorded")
      .map(([name, cells]) => [name, { cells, section: sections.get(name) ?? "" }]),
  );
}

function section(results: Results): string {
  const rows = results.figures.map((figure) => [figure.name, figure.value, judgement(figure)]);
  const figures = rows.length > 0 ? `${table(["measured", "value", "budget"], rows)}\n\n` : "";
  return `${figures}${results.notes.trim()}`;
}
