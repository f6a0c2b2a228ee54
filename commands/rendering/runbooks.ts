import { basename } from "node:path";
import { dashboard } from "../../kit/dashboards/dashboard";
import { completeEnvironment } from "../../settings/complete-environment";
import type { Environment } from "../../settings/environment";
import { erp as erpSettings } from "../../settings/erp";
import { contributions, sentryAlertsOf } from "../../subjects/listings";
import { alertFacts, type FactsSource } from "./alert-facts";
import { sentryFacts } from "./sentry-facts";

const begin = "<!-- facts: `npm run render` writes them from the form of the alert -->";
const end = "<!-- end of facts -->";

/** The facts of every alert of the product, as Markdown by the name of the alert. `config/` does not change them. */
export function runbookFacts(): ReadonlyMap<string, string> {
  const [source, ...others] = erpSettings.shape.httpMetrics.options.map((httpMetrics) =>
    factsSource({ ...completeEnvironment, erp: { ...completeEnvironment.erp, httpMetrics } }),
  );
  const ofPrometheus = alertFacts(
    source as FactsSource,
    others.flatMap(({ alerts }) => alerts),
  );
  return new Map([...ofPrometheus, ...sentryFacts(sentryAlertsOf(completeEnvironment))]);
}

/** The alerts and dashboards of an environment, from which facts are read. */
export function factsSource(environment: Environment): FactsSource {
  const { alerts, logAlerts, dashboards, catalogue } = contributions(environment);
  return {
    alerts: [...alerts, ...logAlerts],
    dashboards: dashboards.map((form) => dashboard(form, environment)),
    vocabulary: catalogue.vocabulary,
  };
}

/**
 * The pages as they must be: below the title of each runbook are the facts of its alert.
 *
 * @param pages texts by path
 * @param facts facts by the name of the alert, which is also the name of the page
 */
export function renderedRunbooks(
  pages: ReadonlyMap<string, string>,
  facts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    [...pages].map(([path, text]) => {
      const own = facts.get(basename(path, ".md"));
      return [path, own === undefined ? text : insertFacts(text, own)];
    }),
  );
}

function insertFacts(page: string, facts: string): string {
  const [title = "", ...rest] = proseOf(page).split("\n");
  return [title, "", begin, "", facts, "", end, ...rest].join("\n");
}

/** A page without its facts: what people write. */
export function proseOf(page: string): string {
  return page.replace(/\n<!-- facts: .*-->\n[\s\S]*?\n<!-- end of facts -->\n/, "");
}
