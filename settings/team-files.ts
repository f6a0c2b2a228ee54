import { z } from "zod";
import { anyText, duration, message, objectName, text } from "./fields";
import type { Monitor } from "./team-monitors";

/**
 * Files of a team in `config/teams/<team>/`: rules and tests in the formats of Prometheus and promtool. Only the fields that
 * Prometheus has are accepted, because the operator refuses an object with any other.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */

/** The folders of a team. */
export const teamFolders = ["rules", "tests", "monitors", "dashboards"] as const;

export type TeamFolder = (typeof teamFolders)[number];

const ruleLabel = text(
  /^[a-zA-Z_]\w*$/,
  "must be a name of a label: letters, digits and underscores",
  "write it such as `service`",
);

const texts = z.record(ruleLabel, z.string());

/** Labels that synth adds to every rule of a team, or that only the product may set. */
const reserved = {
  team: [
    "must not be set: synth adds the team of the folder",
    "remove it, or move the rule to the folder of that team",
  ],
  environment: ["must not be set: synth adds the name of the environment", "remove it"],
  cause: ["must not be set: it would inhibit alerts of the product", "remove it; `caused_by` is allowed"],
} as const;

const labels = texts.superRefine((given, context) => {
  for (const [label, [rule, remedy]] of Object.entries(reserved)) {
    if (label in given) context.addIssue({ code: "custom", path: [label], message: message(rule, remedy) });
  }
});

const alertLabels = labels.superRefine(({ severity }, context) => {
  if (["critical", "warning", "info"].includes(severity ?? "")) return;
  const rule = "must be `critical`, which pages, `warning`, which notifies the chat, or `info`, which notifies nobody";
  context.addIssue({ code: "custom", path: ["severity"], message: message(rule, "set one of the three") });
});

const annotations = texts.superRefine(({ summary = "" }, context) => {
  if (summary.trim() !== "" && !summary.includes("{{")) return;
  const rule = "must be one sentence without a template: notifications are grouped by it";
  const remedy = "write the problem, such as `The payment gateway is down.`, and variable parts in `description`";
  context.addIssue({ code: "custom", path: ["summary"], message: message(rule, remedy) });
});

const alertingRule = z.strictObject({
  alert: text(
    /^[A-Za-z_]\w*$/,
    "must be a name of letters, digits and underscores",
    "write it such as `PaymentsGatewayDown`",
  ),
  expr: anyText,
  /** Time for which the condition must hold. @default the alert fires at once */
  for: duration.optional(),
  /** Time for which the alert keeps firing after the condition has ended. @default it resolves at once */
  keep_firing_for: duration.optional(),
  labels: alertLabels,
  annotations,
});

const recordingRule = z.strictObject({
  record: text(
    /^[a-zA-Z_:][\w:]*$/,
    "must be a name of a metric: letters, digits, underscores and colons",
    "write it such as `payments:refunds:rate5m`",
  ),
  expr: anyText,
  /** Labels that the rule adds. @default none */
  labels: labels.optional(),
});

const ruleGroup = z.strictObject({
  /** Name of the group, and of the deployed object that contains it. */
  name: objectName,
  /** Time between two evaluations. @default that of the alerts of the product */
  interval: duration.optional(),
  /** Time by which the evaluation looks back. @default that of Prometheus */
  query_offset: duration.optional(),
  /** Number of series or alerts of a rule above which its evaluation fails; 0 is no limit. @default 0 */
  limit: z.int().min(0).optional(),
  rules: z.array(z.union([alertingRule, recordingRule])).min(1),
});

/** A file of rules, in Prometheus' format. */
export const ruleFile = z.strictObject({ groups: z.array(ruleGroup).min(1) });

export type RuleFile = z.infer<typeof ruleFile>;

/**
 * A file of `promtool test rules`. Only the fields that connect it with the rules are checked; promtool checks the others.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
export const testFile = z.looseObject({
  rule_files: z.array(anyText).min(1),
  tests: z
    .array(
      z.looseObject({
        alert_rule_test: z
          .array(z.looseObject({ alertname: anyText, exp_alerts: z.array(z.unknown()).nullish() }))
          .nullish(),
      }),
    )
    .min(1),
});

export type TestFile = z.infer<typeof testFile>;

const panel: z.ZodType = z.looseObject({ type: anyText });

/**
 * A dashboard in Grafana's classic model. Only the fields that synth reads are checked.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export const dashboardFile = z.looseObject({
  uid: text(
    /^[a-z0-9-]{1,40}$/,
    "must be a uid of at most 40 lower-case letters, digits and dashes",
    "choose one such as `payments-gateway`, and keep it",
  ),
  title: anyText,
  panels: z.array(panel),
  /** Inputs of an export for other installations. @default none */
  __inputs: z
    .array(z.unknown())
    .max(
      0,
      message(
        "must be empty: nobody fills the inputs in when the file is installed",
        'export the dashboard again with "Export for sharing externally" off',
      ),
    )
    .optional(),
});

export type WrittenDashboard = z.infer<typeof dashboardFile>;

/** A file of a team whose form is correct. */
export interface TeamFile<Content = unknown> {
  readonly team: string;
  readonly folder: TeamFolder;
  /** Path in the project, such as `config/teams/payments/rules/gateway.yaml`. */
  readonly path: string;
  /** Text of the file, as promtool reads it. */
  readonly text: string;
  readonly content: Content;
}

/**
 * Key of the files that apply to an environment: those of its teams. It is no setting, so that nobody writes the files
 * into `config/<env>.ts`.
 */
export const teamFiles: unique symbol = Symbol("files of the teams");

/** An environment with the files of its teams. */
export type WithTeamFiles = {
  /** The files of the teams that the environment names. @default its teams have no files */
  readonly [teamFiles]?: readonly TeamFile[];
};

/** The files of one folder of each team of the environment. */
export function rulesOfTeams(environment: WithTeamFiles): readonly TeamFile<RuleFile>[] {
  return filesIn(environment, "rules") as readonly TeamFile<RuleFile>[];
}

export function testsOfTeams(environment: WithTeamFiles): readonly TeamFile<TestFile>[] {
  return filesIn(environment, "tests") as readonly TeamFile<TestFile>[];
}

export function monitorsOfTeams(environment: WithTeamFiles): readonly TeamFile<readonly Monitor[]>[] {
  return filesIn(environment, "monitors") as readonly TeamFile<readonly Monitor[]>[];
}

export function dashboardsOfTeams(environment: WithTeamFiles): readonly TeamFile<WrittenDashboard>[] {
  return filesIn(environment, "dashboards") as readonly TeamFile<WrittenDashboard>[];
}

function filesIn(environment: WithTeamFiles, folder: TeamFolder): readonly TeamFile[] {
  return (environment[teamFiles] ?? []).filter((file) => file.folder === folder);
}
