import type { Construct } from "constructs";
import { SentryAlert } from "../constructs/sentry-alert";
import { SentryCronMonitor, SentryUptimeMonitor } from "../constructs/sentry-monitor";
import { SentryProject } from "../constructs/sentry-project";
import { SentryProvider } from "../constructs/sentry-provider";
import { StatefulStack } from "../constructs/stateful-stack";
import { beatSchedule } from "../settings/beat-schedule";
import type { Environment } from "../settings/environment";
import type { SentryProject as Project } from "../settings/sentry-project";
import { providers } from "../settings/versions";
import type { Signals } from "../signals";
import { stateBackend } from "./environment-stack";
import { SentryActions } from "./sentry-actions";

export interface SentryStackProps {
  readonly environment: Environment;
  readonly project: Project;
  readonly signals: Pick<Signals, "sentryAlerts">;
}

/** The project of the environment in Sentry, with its alerts and monitors. It needs a token, but no cluster. */
export class SentryStack extends StatefulStack {
  constructor(scope: Construct, id: "sentry", { environment, project, signals }: SentryStackProps) {
    super(scope, `${id}-${environment.name}`, stateBackend(environment, id));
    const { organization, team, slug, baseUrl, uptime } = project;
    const { ingress } = environment.erp;
    new SentryProvider(this, "provider", { ...providers.sentry, ...(baseUrl && { baseUrl }) });

    const { address, teamId, errorMonitorId } = new SentryProject(this, "Project", {
      organization,
      team,
      slug,
      platform: "python-fastapi",
      // Transactions of health checks, and requests of search engines and scanners.
      inboundFilters: ["filtered-transaction", "web-crawlers"],
      protect: environment.tier !== "local",
    });
    const crons = Object.entries(project.cronMonitors ?? beatSchedule).map(
      ([name, schedule]) =>
        new SentryCronMonitor(this, name, {
          address,
          name,
          teamId,
          schedule,
          checkinMarginMinutes: 5,
          maxRuntimeMinutes: 15,
          failureIssueThreshold: 2,
        }),
    );
    const probes =
      uptime && ingress
        ? ingress.hosts.map(
            (host) =>
              // A host can begin with a digit, and a name in the state cannot.
              new SentryUptimeMonitor(this, `https_${host.replaceAll(".", "_")}`, {
                ...uptime,
                address,
                name: host,
                teamId,
                environment: environment.name,
                url: `https://${host}${ingress.probePath}`,
              }),
          )
        : [];
    const monitorIds = {
      error: [errorMonitorId],
      cron: crons.map((monitor) => monitor.getStringAttribute("id")),
      uptime: probes.map((monitor) => monitor.getStringAttribute("id")),
    };
    const actions = new SentryActions(this, "Actions", { environment, project, teamId });
    for (const alert of signals.sentryAlerts) {
      const { name, monitors, triggers, conditions, frequencyMinutes } = alert;
      new SentryAlert(this, name, {
        organization,
        name,
        monitorIds: monitorIds[monitors],
        ...(triggers && { triggers }),
        ...(conditions && { conditions }),
        actions: actions.of(alert),
        frequencyMinutes,
      });
    }
  }
}
