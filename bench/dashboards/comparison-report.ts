import type { Outcome, QueryCost } from "./ask-dashboard";
import type { Compared, Load } from "./comparison";

/**
 * Tables in Markdown: the queries and samples of each dashboard, and the cost of each common question on both sides.
 */
export function comparisonReport(ours: Load, theirs: Load, compared: readonly Compared[]): string {
  return [
    ...table([
      "dashboard",
      "queries",
      "answered",
      "empty",
      "refused",
      "about logs",
      "samples at opening",
      "with every row open",
      "ms",
    ]),
    ...[...ours].map(([title, asked]) => loadRow(`ours: ${title}`, asked)),
    ...[...theirs].map(([title, asked]) => loadRow(title, asked)),
    "",
    ...table(["panel of ours that reads most", "samples at opening", "of its dashboard"]),
    ...mostExpensivePanels(ours).map(({ place, samples, share }) =>
      row(place, samples, `${Math.round(100 * share)} %`),
    ),
    "",
    ...table(["question", "ours", "samples", "theirs", "samples", "ours / theirs", ""]),
    ...compared.map(comparedRow),
    "",
  ].join("\n");
}

function loadRow(title: string, asked: readonly QueryCost[]): string {
  const count = (outcome: Outcome) => asked.filter((one) => one.outcome === outcome).length;
  const outcomes = (["answered", "empty", "refused", "about logs"] as const).map(count);
  const opening = asked.filter(({ question }) => !question.collapsed);
  const milliseconds = asked.reduce((sum, one) => sum + one.milliseconds, 0);
  return row(title, ...[asked.length, ...outcomes, samplesOf(opening), samplesOf(asked), Math.round(milliseconds)]);
}

/** The ten panels that read the most samples. */
function mostExpensivePanels(load: Load) {
  const panels = [...load].flatMap(([title, asked]) => {
    const opening = asked.filter(({ question }) => !question.collapsed);
    const names = [...new Set(opening.map(({ question }) => question.panel))];
    return names.map((panel) => {
      const samples = samplesOf(opening.filter(({ question }) => question.panel === panel));
      return { place: `${title}: ${panel}`, samples, share: samples / samplesOf(opening) };
    });
  });
  return panels.sort((one, other) => other.samples - one.samples).slice(0, 10);
}

function samplesOf(asked: readonly QueryCost[]): number {
  return asked.reduce((sum, { samples }) => sum + samples, 0);
}

function comparedRow({ asks, ours, theirs, verdict }: Compared): string {
  const both = verdict === "met" || verdict === "missed";
  const ratio = both ? (ours.samples / theirs.samples).toFixed(2) : "";
  return row(asks, ours.panels, ours.samples, theirs.panels, theirs.samples, ratio, verdict);
}

function table(heads: readonly string[]): string[] {
  return [row(...heads), row(...heads.map(() => "---"))];
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell)).join(" | ")} |`;
}
