import type { Fault } from "../faults";
import { addWrittenRecordings, checkRuleFiles } from "../kit/alerts/files/check-rule-files";
import { checkTestFiles } from "../kit/alerts/files/check-test-files";
import { deployedGroups, expressionsIn, type RuleFile } from "../kit/alerts/files/rule-file";
import type { RuleGroup } from "../kit/alerts/rule-group";
import type { Catalogue } from "../kit/metrics/catalogue";
import { prometheusMetric } from "../kit/metrics/check-evidence";
import { metricNames } from "../kit/queries/promql/metric-names";
import type { Vocabulary } from "../kit/queries/series";
import type { Environment } from "../settings/environment";
import { rulesOfTeams, testsOfTeams } from "../settings/team-files";
import { checkTeamMonitors, type ProductJobs, type TeamMonitor, teamMonitors } from "./team-monitors";

/** The content of the files of one team, as it is deployed. */
export interface TeamContent {
  readonly team: string;
  readonly rules: readonly TeamRules[];
  readonly monitors: readonly TeamMonitor[];
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

/** @param monitorLabels labels by which Prometheus selects monitors */
export function teamContents(
  environment: Environment,
  { vocabulary }: Pick<Catalogue, "vocabulary">,
  product: ProductNames & ProductJobs,
  monitorLabels: Readonly<Record<string, string>>,
): TeamContents {
  const rules = ruleFilesOf(environment);
  const tests = testsOfTeams(environment).map(({ team, path, content }) => ({ ...content, team, path }));
  const known = addWrittenRecordings(vocabulary, rules);
  const monitors = teamMonitors(environment, monitorLabels);
  const names = [...new Set([...rules, ...monitors].map(({ team }) => team))].sort();
  return {
    teams: names.map((team) => ({
      team,
      rules: rules
        .filter((file) => file.team === team)
        .map((file) => ({ path: file.path, groups: deployedGroups(file, environment.name) })),
      monitors: monitors.filter((one) => one.team === team),
    })),
    metrics: unknownMetrics(rules.flatMap(expressionsIn), known),
    faults: [
      ...checkRuleFiles(rules, { ...product, vocabulary }),
      ...checkTestFiles(tests, rules),
      ...checkTeamMonitors(environment, product),
    ],
  };
}

/** The rules of all teams of an environment, as they are written. */
export function ruleFilesOf(environment: Environment): readonly RuleFile[] {
  return rulesOfTeams(environment).map(({ team, path, content }) => ({ team, path, groups: content.groups }));
}

function unknownMetrics(queries: readonly string[], known: Vocabulary): readonly string[] {
  const read = new Set(queries.flatMap((query) => [...metricNames(query)]));
  // Prometheus writes `ALERTS` itself.
  return [...read].filter((name) => !known.has(name) && !prometheusMetric.test(name) && !/^ALERTS/.test(name)).sort();
}
