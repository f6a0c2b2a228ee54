import type { Fault } from "../faults";
import { addWrittenRecordings, checkRuleFiles } from "../kit/alerts/files/check-rule-files";
import { deployedGroups, expressionsIn, type RuleFile } from "../kit/alerts/files/rule-file";
import type { RuleGroup } from "../kit/alerts/rule-group";
import { checkWrittenDashboard, metricsRead, type WrittenContext } from "../kit/dashboards/check-written";
import type { Catalogue } from "../kit/metrics/catalogue";
import { prometheusMetric } from "../kit/metrics/check-evidence";
import { metricNames } from "../kit/queries/promql/metric-names";
import { repeatedNames } from "../kit/queries/repeated-names";
import type { Vocabulary } from "../kit/queries/series";
import type { Environment } from "../settings/environment";
import { rulesOfTeams, testsOfTeams } from "../settings/team-files";
import { checkTestFiles } from "./check-test-files";
import { type TeamDashboard, teamDashboards } from "./team-dashboards";
import { checkTeamMonitors, type ProductJobs, type TeamMonitor, teamMonitors } from "./team-monitors";

/** The content of the files of one team, as it is deployed. */
export interface TeamContent {
  readonly team: string;
  readonly rules: readonly TeamRules[];
  readonly monitors: readonly TeamMonitor[];
  readonly dashboards: readonly TeamDashboard[];
}

/** The rules of one file. */
export interface TeamRules {
  /** Path of the file. */
  readonly path: string;
  readonly groups: readonly RuleGroup[];
}

/** The content of all teams of an environment. */
export interface TeamContents {
  readonly teams: readonly TeamContent[];
  /** Metrics that the queries of teams read, and that the catalogue of the product lacks, sorted. */
  readonly metrics: readonly string[];
  readonly faults: readonly Fault[];
}

/** The names of the product that teams must not use again. */
export interface ProductNames {
  readonly alerts: readonly string[];
  readonly groups: readonly string[];
  readonly causes: readonly string[];
}

/** The dashboards of the product, and what those of teams can read. */
export interface ProductDashboards extends Omit<WrittenContext, "vocabulary"> {
  /** Uids of the dashboards of the product. */
  readonly uids: readonly string[];
}

/** @param monitorLabels labels by which Prometheus selects monitors */
export function teamContents(
  environment: Environment,
  { vocabulary }: Pick<Catalogue, "vocabulary">,
  product: ProductNames & ProductJobs & ProductDashboards,
  monitorLabels: Readonly<Record<string, string>>,
): TeamContents {
  const rules = ruleFilesOf(environment);
  const tests = testsOfTeams(environment).map(({ team, path, content }) => ({ ...content, team, path }));
  const known = addWrittenRecordings(vocabulary, rules);
  const monitors = teamMonitors(environment, monitorLabels);
  const dashboards = teamDashboards(environment);
  const names = [...new Set([...rules, ...monitors, ...dashboards].map(({ team }) => team))].sort();
  return {
    teams: names.map((team) => ({
      team,
      rules: rules
        .filter((file) => file.team === team)
        .map((file) => ({ path: file.path, groups: deployedGroups(file, environment.name) })),
      monitors: monitors.filter((one) => one.team === team),
      dashboards: dashboards.filter((one) => one.team === team),
    })),
    metrics: unknownMetrics(
      [
        ...rules.flatMap(expressionsIn).flatMap((query) => [...metricNames(query)]),
        ...dashboards.flatMap(({ model }) => metricsRead(model)),
      ],
      known,
    ),
    faults: [
      ...checkRuleFiles(rules, { ...product, vocabulary }),
      ...checkTestFiles(tests, rules),
      ...checkTeamMonitors(environment, product),
      ...checkUids(dashboards, product.uids),
      ...dashboards.flatMap(({ model, path }) => checkWrittenDashboard(model, path, { ...product, vocabulary: known })),
    ],
  };
}

/** The rules of all teams of an environment, as they are written. */
export function ruleFilesOf(environment: Environment): readonly RuleFile[] {
  return rulesOfTeams(environment).map(({ team, path, content }) => ({ team, path, groups: content.groups }));
}

/** Grafana keeps only one of two dashboards with the same uid. */
function checkUids(dashboards: readonly TeamDashboard[], product: readonly string[]): Fault[] {
  const uids = dashboards.map(({ path, model }) => ({ name: model.uid, place: path }));
  return repeatedNames(uids, product).map(({ name, place, other }) => ({
    place: `${place}: uid`,
    rule: `must have a uid that no other dashboard has: ${other} has it too`,
    value: name,
    remedy: "begin the uid with the name of the team",
  }));
}

function unknownMetrics(read: readonly string[], known: Vocabulary): readonly string[] {
  // Prometheus writes `ALERTS` itself.
  return [...new Set(read)]
    .filter((name) => !known.has(name) && !prometheusMetric.test(name) && !/^ALERTS/.test(name))
    .sort();
}
