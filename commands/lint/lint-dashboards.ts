import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { checkShownNames } from "../../kit/dashboards/check-shown-names";
import { checkPanelUnits } from "../../kit/dashboards/check-units";
import { type Target, targetsOf } from "../../kit/dashboards/targets";
import { suggestion } from "../../kit/queries/matching";
import type { Vocabulary } from "../../kit/queries/series";
import { checkAny } from "./check-any";
import { checkOfQueryRule, type Finding, findingAt } from "./finding";
import { excerpt } from "./lint-rules";
import type { SourceNode } from "./source";

/** A panel with its place in the file. */
interface PlacedPanel {
  readonly panel: Panel;
  readonly node: SourceNode;
}

/** Panels that show data of queries. */
const drawing =
  /^(graph|timeseries|stat|singlestat|gauge|bargauge|barchart|table|table-old|heatmap|histogram|piechart|state-timeline|status-history|logs|xychart|trend|candlestick)$/;

/** Findings in a dashboard in Grafana's classic model. */
export function lintDashboard(
  file: string,
  root: SourceNode,
  vocabulary: Vocabulary,
  scrapeSeconds?: number,
): Finding[] {
  const panels = panelsIn(root);
  const variables = root.at("templating").at("list").items;
  const names = variables.map((one) => String(one.at("name").value));
  return [
    ...duplicates(
      file,
      panels.map(({ node }) => node.at("id")),
      "panel id",
      "Grafana changes one of them when it opens the dashboard",
    ),
    ...duplicates(
      file,
      variables.map((one) => one.at("name")),
      "variable",
      "Grafana uses only one of them",
    ),
    ...panels.flatMap((one) => lintPanel(file, one, { names, variables, vocabulary, scrapeSeconds })),
  ];
}

/** The panels below `panels`, in rows, and in the rows of dashboards from before Grafana 5. */
function panelsIn(root: SourceNode): readonly PlacedPanel[] {
  const own = root.at("panels").items.flatMap((node) => [node, ...node.at("panels").items]);
  const inRows = root.at("rows").items.flatMap((row) => row.at("panels").items);
  return [...own, ...inRows].flatMap((node) => {
    const panel = node.value as PlacedPanel["panel"] | undefined;
    return panel !== undefined && panel.type !== "row" ? [{ panel, node }] : [];
  });
}

/** Values that occur twice. */
export function duplicates(file: string, nodes: readonly SourceNode[], what: string, effect: string): Finding[] {
  const values = nodes.map(({ value }) => value);
  return nodes.flatMap((node, index) => {
    const { value } = node;
    if (value === undefined || value === null || values.indexOf(value) === index) return [];
    const fault = {
      place: what,
      value: String(value),
      rule: `must be used once: ${effect}`,
      remedy: "change one of them",
    };
    return [findingAt(file, node, "duplicate", fault)];
  });
}

interface Known {
  readonly names: readonly string[];
  readonly variables: readonly SourceNode[];
  readonly vocabulary: Vocabulary;
  /** Seconds between two scrapes. @default unknown, and ranges are not checked */
  readonly scrapeSeconds?: number | undefined;
}

function lintPanel(file: string, { panel, node }: PlacedPanel, known: Known): Finding[] {
  const place = panel.title ? `panel "${panel.title}"` : `panel ${panel.id ?? ""} without a title`;
  const targets = targetsOf(panel);
  const asked = targets.flatMap((target, index) => {
    const language = languageOf(target, panel, known.variables);
    if (typeof target.expr !== "string" || target.expr.trim() === "" || language === "other") return [];
    const checked = checkAny(target.expr, known.vocabulary, { language, scrapeSeconds: known.scrapeSeconds });
    const series = checked.findings.length > 0 ? undefined : checked.series;
    const at = node.at("targets").at(index).at("expr");
    return [
      { target: { ...target, datasource: { type: language ?? "prometheus" } }, at, findings: checked.findings, series },
    ];
  });
  return [
    ...(drawing.test(panel.type ?? "") && targets.length === 0 && panel.libraryPanel === undefined && !isMixed(panel)
      ? [
          findingAt(file, node, "no-query", {
            place,
            rule: "must have a query, because it shows nothing without one",
            remedy: "add a query, or remove the panel",
          }),
        ]
      : []),
    ...asked.flatMap(({ target, at, findings }) => [
      ...findings.map(({ from, to, rule, remedy }) =>
        findingAt(file, at, checkOfQueryRule(rule), {
          place: `${place}: query ${target.refId}`,
          value: excerpt(target.expr ?? "", from, to),
          rule,
          remedy,
        }),
      ),
      ...unknownVariables(file, at, target.expr ?? "", `${place}: query ${target.refId}`, known.names),
    ]),
    // Other data sources and expressions of Grafana have columns that are not known.
    ...(asked.length === targets.length
      ? [
          ...checkShownNames(panel, asked, place).map((fault) =>
            findingAt(file, legendNode(node, fault.place, targets), "text-label", fault),
          ),
          ...checkPanelUnits(panel, asked, place).map((fault) => findingAt(file, node, "unit", fault)),
        ]
      : []),
  ];
}

/** The legend that a fault is about, or the panel. */
function legendNode(node: SourceNode, place: string, targets: readonly Target[]): SourceNode {
  const [, refId] = /: query (\w+): legend$/.exec(place) ?? [];
  const index = targets.findIndex((target) => target.refId === refId);
  return index < 0 ? node : node.at("targets").at(index).at("legendFormat");
}

function isMixed({ datasource }: PlacedPanel["panel"]): boolean {
  return JSON.stringify(datasource ?? "").includes("-- ");
}

/** The language of a query; undefined if the file does not state the kind of its data source. */
function languageOf(target: Target, panel: PlacedPanel["panel"], variables: readonly SourceNode[]) {
  const source: unknown = target.datasource ?? panel.datasource;
  const given: NonNullable<Target["datasource"]> =
    typeof source === "string" ? { uid: source } : ((source ?? {}) as NonNullable<Target["datasource"]>);
  const name = /^\$\{?(\w+)\}?$/.exec(given.uid ?? "")?.[1];
  const declared = variables.find((one) => one.at("name").value === name && one.at("type").value === "datasource");
  const type = given.type ?? (declared?.at("query").value as string | undefined);
  if (type === undefined || type === "datasource") return undefined;
  if (type === "loki") return "logql" as const;
  return /prometheus|mimir|thanos|victoriametrics/.test(type) ? ("promql" as const) : ("other" as const);
}

/** Grafana leaves an unknown variable as it is written, so that nothing matches. */
function unknownVariables(
  file: string,
  at: SourceNode,
  expr: string,
  place: string,
  names: readonly string[],
): Finding[] {
  const used = [...expr.matchAll(/\$\{([a-zA-Z]\w*)(?::\w+)?\}|\$([a-zA-Z]\w*)|\[\[([a-zA-Z]\w*)(?::\w+)?\]\]/g)].map(
    ([, braces, plain, brackets]) => braces ?? plain ?? brackets ?? "",
  );
  return [...new Set(used)]
    .filter((name) => !names.includes(name) && !/^(timeFilter|interval|__.*)$/.test(name))
    .map((name) =>
      findingAt(file, at, "variable", {
        place,
        value: `$${name}`,
        rule: "must be a variable of the dashboard: Grafana leaves others as they are written, and nothing matches",
        remedy: suggestion(name, names),
      }),
    );
}
