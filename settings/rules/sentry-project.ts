import type { Environment } from "../environment";
import type { Receiver } from "../receivers";
import type { Rule } from "../rule";
import type { SentryProject } from "../sentry-project";
import { sentryProjectOf } from "../sentry-project-of";
import { sentryReceiver, sentryServices } from "../sentry-receivers";
import { isPlainHttp } from "../urls";

const at = "erp.sentry.project";
const receivers = ["alertmanager.receivers", "teams"];

/** The project in Sentry must fit the receivers of Alertmanager, the public routes, and the names of the other stacks. */
export const sentryProjectRules: readonly Rule[] = [
  ...(["slack", "pagerduty"] as const).flatMap((integration): Rule[] => {
    const title = { slack: "Slack", pagerduty: "PagerDuty" }[integration];
    const one = "the receiver of warnings about the ERP";
    return [
      {
        at: `${at}.${integration}`,
        reads: receivers,
        broken: onProject((project, environment) => notifies(environment, integration) && !project[integration]),
        rule: `is required: ${one} notifies ${title}`,
        remedy: `write the names that the integration with ${title} has in Sentry: docs/sentry.md`,
      },
      {
        at: `${at}.${integration}`,
        reads: receivers,
        broken: onProject(
          (project, environment) => Boolean(project[integration]) && !notifies(environment, integration),
        ),
        rule: `must not be set: ${one} does not notify ${title}, and Sentry notifies the same receivers as Alertmanager`,
        remedy: `remove it, or add \`${integration}\` to \`alertmanager.receivers.chat\``,
      },
    ];
  }),
  {
    at: `${at}.slack`,
    reads: receivers,
    broken: onProject((project, environment) =>
      ofReceivers(environment).some(({ slack }) => project.slack && slack && !/^[#@]/.test(slack.channel)),
    ),
    rule: "needs the name of the channel: Sentry compares the ID of a channel with its name",
    remedy: "write `slack.channel` of the receiver as `#erp`, for example, in place of the ID",
  },
  {
    at: `${at}.uptime`,
    reads: ["erp.ingress"],
    broken: onProject(({ uptime }, { erp }) => uptime !== undefined && erp.ingress === undefined),
    rule: "must not be set without `erp.ingress`: Sentry cannot reach a route that is not public",
    remedy: "set `erp.ingress`, whose `probePath` Sentry then requests, or remove it",
  },
  {
    at: `${at}.baseUrl`,
    reads: ["tier"],
    broken: onProject(({ baseUrl }, { tier }) => tier !== "local" && baseUrl !== undefined && isPlainHttp(baseUrl)),
    rule: "must begin with https:// outside tier `local`: each request contains the token",
    remedy: "use the https address of your Sentry",
  },
  {
    at,
    reads: ["name"],
    broken: onProject((_, { name }) => /^sentry$|(^|-)(base|monitoring|erp)$/.test(name)),
    rule: "must not be set in an environment that is named `sentry`, or whose name ends with `base`, `monitoring` or `erp`: the name of its stack, `sentry-<env>`, could be that of another stack",
    remedy: "choose another `name` for the environment",
  },
];

function onProject(
  broken: (project: SentryProject, environment: Environment) => boolean | undefined,
): (environment: Environment) => boolean {
  return (environment) => {
    const project = sentryProjectOf(environment);
    return project !== undefined && Boolean(broken(project, environment));
  };
}

function notifies(environment: Environment, integration: "slack" | "pagerduty"): boolean {
  return ofReceivers(environment).some((receiver) => receiver[integration] !== undefined);
}

function ofReceivers(environment: Environment): readonly Receiver[] {
  return sentryServices.flatMap((service) => sentryReceiver(environment, service) ?? []);
}
