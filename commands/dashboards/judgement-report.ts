import type { Judgement } from "./judgement";

/** One line per dashboard, then the empty queries, and the queries that wait for an event. */
export function report(judgements: readonly Judgement[]): string {
  const dashboards = [...new Set(judgements.map(({ question }) => question.dashboard))];
  const judgementsOf = (dashboard: string) => judgements.filter(({ question }) => question.dashboard === dashboard);
  return [
    "| dashboard | queries | answered | wait for an event | empty | samples of one load |",
    "|---|---|---|---|---|---|",
    ...dashboards.map((dashboard) => line(dashboard, judgementsOf(dashboard))),
    ...list("Empty", judgements, "empty", ({ missing }) => missing.map((text) => `\`${text}\``)),
    ...list("Filled by an event", judgements, "awaits an event", ({ events }) => events),
    "",
  ].join("\n");
}

function line(dashboard: string, judgements: readonly Judgement[]): string {
  const count = (outcome: Judgement["outcome"]) => judgements.filter((one) => one.outcome === outcome).length;
  const samples = judgements.reduce((sum, one) => sum + one.samples, 0);
  const cells = [judgements.length, count("answered"), count("awaits an event"), count("empty"), samples];
  return `| ${[dashboard, ...cells.map((cell) => cell.toLocaleString("en"))].join(" | ")} |`;
}

function list(
  title: string,
  judgements: readonly Judgement[],
  outcome: Judgement["outcome"],
  details: (judgement: Judgement) => readonly string[],
): string[] {
  const listed = judgements.filter((one) => one.outcome === outcome);
  const lines = new Set(
    listed.map((one) => `- ${one.question.dashboard}: ${one.question.panel}: ${details(one).join("; ")}`),
  );
  return lines.size === 0 ? [] : ["", `${title}:`, "", ...lines];
}
