import { durationInWords } from "../kit/queries/duration";
import type { Environment } from "../settings/environment";
import type { Signals } from "../signals";

/** A notice for each environment that lacks rules or panels because it does not keep the data that they read. */
export function retentionNotices(synthesized: ReadonlyMap<Environment, Pick<Signals, "unkept">>): string[] {
  return [...synthesized].flatMap(([{ name, prometheus, loki }, { unkept }]) => {
    const panels = unkept.panels.map(({ dashboard, panel }) => `"${panel}" (${dashboard})`);
    const lists = Object.entries({ ...unkept, panels }).filter(([, list]) => list.length > 0);
    if (lists.length === 0) return [];
    const kept = `samples for ${durationInWords(prometheus.retention)} and log lines for ${durationInWords(loki.retention)}`;
    return [
      [
        `${name} keeps ${kept} (\`prometheus.retention\`, \`loki.retention\`), and does not have what reads older data:`,
        ...lists.map(([kind, list]) => `  ${kind}: ${list.join(", ")}`),
      ].join("\n"),
    ];
  });
}
