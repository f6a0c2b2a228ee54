import { Construct } from "constructs";
import type { SentryAction } from "../constructs/sentry-alert";
import { UntypedData } from "../constructs/untyped-resource";
import type { SentryAlert } from "../kit/alerts/sentry-alert";
import type { Environment } from "../settings/environment";
import type { SentryProject } from "../settings/sentry-project";
import { sentryReceiver } from "../settings/sentry-receivers";

export interface SentryActionsProps {
  readonly environment: Environment;
  readonly project: SentryProject;
  /** Number of the team in Sentry. */
  readonly teamId: string;
}

/**
 * The actions of alerts in Sentry: they notify the receiver to which Alertmanager sends warnings about the same service. Sentry
 * sends mail to members of its teams only, so that the team of the project takes the place of the mailbox, and of every
 * receiver that Sentry does not reach.
 */
export class SentryActions extends Construct {
  private readonly slackId?: string;
  private readonly pagerdutyId?: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SentryActionsProps,
  ) {
    super(scope, id);
    const { organization, slack, pagerduty } = props.project;
    const integration = (key: string, name: string) =>
      new UntypedData(this, key, "sentry_organization_integration", {
        organization,
        provider_key: key,
        name,
      }).getStringAttribute("id");
    if (slack) this.slackId = integration("slack", slack.workspace);
    if (pagerduty) this.pagerdutyId = integration("pagerduty", pagerduty.account);
  }

  /** The actions of an alert. */
  of({ name, service }: SentryAlert): readonly SentryAction[] {
    const { environment, project, teamId } = this.props;
    const { slack, pagerduty, email } = sentryReceiver(environment, service) ?? {};
    const reached: SentryAction[] = [];
    if (slack && this.slackId) {
      reached.push({
        slack: {
          integration_id: this.slackId,
          channel_name: slack.channel,
          tags: "environment,release",
          notes: `Runbook: ${environment.runbookBaseUrl}/${name}.md`,
        },
      });
    }
    if (pagerduty && project.pagerduty && this.pagerdutyId) {
      const { service: serviceName, serviceId } = project.pagerduty;
      reached.push({
        pagerduty: {
          integration_id: this.pagerdutyId,
          service_id: serviceId,
          service_name: serviceName,
          severity: "warning",
        },
      });
    }
    const mail: SentryAction = { email: { target_type: "team", target_id: teamId } };
    return email || reached.length === 0 ? [...reached, mail] : reached;
  }
}
