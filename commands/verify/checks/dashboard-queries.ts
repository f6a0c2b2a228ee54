import { judgeQueries } from "../../dashboards/judge-queries";
import type { Judgement } from "../../dashboards/judgement";
import type { Check, Failure } from "../check";
import { readsLoki, readsPrometheus } from "../server-permissions";

/** The same check as `npm run test:dashboards`. */
export const dashboardQueries: Check = {
  id: "dashboard-queries",
  title: "every query of the dashboards is answered",
  permissions: [...readsPrometheus, ...readsLoki],
  async run({ signals, answers }) {
    const judgements = await judgeQueries(signals, answers);
    const empty = judgements.filter(({ outcome }) => outcome === "empty");
    const waiting = judgements.filter(({ outcome }) => outcome === "awaits an event");
    const failures = [...new Set(empty.map(({ question }) => question.dashboard))].map((dashboard) =>
      failureOf(
        dashboard,
        empty.filter(({ question }) => question.dashboard === dashboard),
      ),
    );
    const panels = new Set(
      waiting.map(({ question, events }) => `"${question.dashboard}", ${question.panel}: ${events.join("; ")}`),
    );
    return {
      failures,
      extent: `${judgements.length} queries, of which ${waiting.length} wait for an event`,
      notes: [...panels].map((panel) => `waits for an event: ${panel}`),
    };
  },
};

/** Number of panels that a failure names. A new environment has many without data. */
const named = 5;

function failureOf(dashboard: string, empty: readonly Judgement[]): Failure {
  const texts = [...new Set(empty.map(({ question, missing }) => `${question.panel}: ${missing.join("; ")}`))];
  const more = texts.length > named ? [`and ${texts.length - named} more`] : [];
  return {
    where: `dashboard "${dashboard}"`,
    expected: "series or lines of the last hour for every query",
    found: `nothing for ${[...texts.slice(0, named), ...more].join(" | ")}`,
    runbook: empty.every(({ question }) => question.language === "logql") ? "ErpLogsMissing" : "PlatformTargetsMissing",
  };
}
