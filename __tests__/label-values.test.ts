import { alertsSeries } from "../kit/alerts/alerts-series";
import { choiceOf, panelsOf } from "../kit/dashboards/model";
import { targetsOf } from "../kit/dashboards/targets";
import { checkLogql } from "../kit/queries/logql/check-logql";
import { checkPromql } from "../kit/queries/promql/check-promql";
import { logVocabulary } from "../logs/vocabulary";
import type { Environment } from "../settings/environment";
import { signals } from "../signals";
import { contributions } from "../subjects/listings";
import { everything, withProfile } from "./fixtures/everything";
import { local } from "./fixtures/local";

const matcher = /\w+\s*(?:=~|!~|!=|=)\s*(?<value>"(?:\\.|[^"\\])*"|`[^`]*`)/dg;

const environments = { local, everything, instrumented: withProfile(everything, "fastapi-instrumentator") };

/** Each word and number in the value of a matcher is one mistake: `erp-api|erp-beat` has four. */
describe.each(Object.entries(environments))("in the queries of %s", (_, environment) => {
  const check = checkerOf(environment);
  const mistakes = queriesOf(environment).flatMap((query) =>
    misspellings(query.text).map((text) => ({ ...query, text })),
  );

  test("every misspelt label value is detected", () => {
    const survivors = mistakes.filter((mistake) => check(mistake).length === 0);
    expect(mistakes.length).toBeGreaterThan(300);
    expect(survivors).toEqual([]);
  });
});

test("the known label values of alerts are those of their expressions and rules", () => {
  const check = checkerOf(local);
  const rules = (text: string) => check({ language: "promql", text }).map(({ rule }) => rule);
  expect(rules('ALERTS{deployment="erp-api",window="1h",dependency=~"redis|celery"}')).toEqual([]);
  expect(rules('ALERTS{pod=~"$pod",environment="local"}')).toEqual([]);
  expect(rules('ALERTS{deployment="erp-apy"}')).toEqual(['"deployment" is never "erp-apy"']);
  expect(rules('ALERTS{window="2h"}')).toEqual(['"window" is never "2h"']);
  expect(rules('ALERTS{namespace="erpp"}')).toEqual([expect.stringContaining('"erpp" is not a value of')]);
});

interface AnyQuery {
  readonly language: string;
  readonly text: string;
}

function checkerOf(environment: Environment) {
  const { catalogue, alerts, logAlerts } = contributions(environment);
  const all = [...alerts, ...logAlerts];
  const vocabulary = new Map(catalogue.vocabulary).set("ALERTS", [alertsSeries(all, catalogue.vocabulary)]);
  return ({ language, text }: AnyQuery) =>
    (language === "logql" ? checkLogql(text, logVocabulary) : checkPromql(text, vocabulary)).findings;
}

/** The queries of rules, panels, annotations and variables, each once. */
function queriesOf(environment: Environment): readonly AnyQuery[] {
  const { catalogue, alerts, logAlerts } = contributions(environment);
  const { platform, erp } = signals(environment);
  const shown = [...platform.dashboards, ...erp.dashboards].flatMap(({ model }) => [
    ...panelsOf(model).flatMap(targetsOf),
    ...(model.annotations.list ?? []),
    ...(model.templating.list ?? []).map(({ query }) => ({ expr: choiceOf(query).text, datasource: undefined })),
  ]);
  const queries: AnyQuery[] = [
    ...[...alerts, ...logAlerts].map(({ expression }) => expression),
    ...catalogue.recordings.map(({ measure }) => measure),
    ...shown.map(({ expr = "", datasource }) => ({
      language: datasource?.type === "loki" ? "logql" : "promql",
      text: expr,
    })),
  ];
  return [...new Map(queries.map(({ language, text }) => [text, { language, text }])).values()];
}

/** The query with one letter too many in a value, for each word of each value. Variables of Grafana are skipped. */
function misspellings(text: string): string[] {
  return [...text.matchAll(matcher)].flatMap(({ groups, indices }) => {
    const { value = "" } = groups ?? {};
    const [start = 0] = indices?.groups?.value ?? [];
    if (value.includes("$")) return [];
    // A quoted string inside a template is plain text.
    const words = value.replace(/(?<=\{\{[^}]*)"[^"]*"/g, (quoted) => " ".repeat(quoted.length));
    return [...words.matchAll(/\w+/g)].map(({ 0: word, index }) => {
      const at = start + index + Math.ceil(word.length / 2);
      return `${text.slice(0, at)}x${text.slice(at)}`;
    });
  });
}
