import type { Results } from "./results";
import { stories } from "./stories/stories";
import { table } from "./verified-page";

/** What the page contains about one fault, as it was last recorded. */
export interface FaultRecord {
  readonly seen: string;
  readonly lost: string;
  readonly result: string;
  readonly recorded: string;
}

/** The record of a story that ran. */
export function faultRecord({ seen, lost }: Results, result: string, recorded: string): FaultRecord {
  return { seen: seen.join("; ") || "no notification", lost: lost.join("; ") || "not counted", result, recorded };
}

/** The page of all faults, in the order of the stories. */
export function writeFaultsPage(records: ReadonlyMap<string, FaultRecord>): string {
  const rows = stories
    .filter(({ fault }) => fault !== undefined)
    .map(({ name, fault = "", proves }) => {
      const record = records.get(name);
      const cells = record ? [record.seen, record.lost, record.result, record.recorded] : ["", "", "not recorded", ""];
      return [`\`${name}\``, fault, proves, ...cells];
    });
  return `# Faults: what is promised, what was seen, and what is lost

\`npm run test:live -- faults --charts <folder>\` injects these faults into a deployment of \`local\`, one at a time. The name of a
story runs one of them. \`--record\` writes its row. While a fault of the monitoring lasts, one pod writes numbered log lines, and
a client sends numbered orders. The loss is what is missing of them in Loki and in the database, and the longest time without a
sample of a target. A story fails if a page arrives that it does not expect.

${table(["story", "fault", "promise", "seen", "lost", "result", "recorded"], rows)}
`;
}

/** The records of a page that \`writeFaultsPage\` wrote, by the name of the story. */
export function readFaultRecords(page: string): ReadonlyMap<string, FaultRecord> {
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, name = "", cells = ""]) => {
    const [seen = "", lost = "", result = "", recorded = ""] = cells.split(" | ").slice(-4);
    return [name, { seen, lost, result, recorded }] as const;
  });
  return new Map(rows.filter(([, { result }]) => result !== "not recorded"));
}
