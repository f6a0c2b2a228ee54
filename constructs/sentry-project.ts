import { Construct } from "constructs";
import { UntypedData, UntypedResource } from "./untyped-resource";

export interface SentryProjectProps {
  /** Slug of the organisation. */
  readonly organization: string;
  /** Slug of the existing team that owns the project. */
  readonly team: string;
  readonly slug: string;
  /** Platform in Sentry, such as `python-fastapi`. */
  readonly platform: string;
  /** Names of the inbound filters that are on, as Sentry's API names them. */
  readonly inboundFilters: readonly string[];
  /** Whether Terraform refuses to delete the project, with all of its events. */
  readonly protect: boolean;
}

/** A project in Sentry with its issue owners and its inbound filters. */
export class SentryProject extends Construct {
  /** The slugs that other resources of the project need. Terraform makes these resources after the project. */
  readonly address: { readonly organization: string; readonly project: string };
  /** Number of the team, which Sentry assigns. */
  readonly teamId: string;
  /** Number of the monitor of all errors, which Sentry makes with the project. */
  readonly errorMonitorId: string;

  constructor(scope: Construct, id: string, props: SentryProjectProps) {
    super(scope, id);
    const { organization, team, slug } = props;
    const project = new UntypedResource(
      this,
      "project",
      "sentry_project",
      {
        organization,
        teams: [team],
        name: slug,
        slug,
        platform: props.platform,
        // Sentry's own rule for new issues would notify beside the alerts of the stack.
        default_rules: false,
        // Sentry gives every project a token with which it fetches source files of web pages. An empty one is no secret.
        client_security: { scrape_javascript: false, security_token: "" },
      },
      props.protect ? { lifecycle: { preventDestroy: true } } : {},
    );
    this.address = { organization, project: project.getStringAttribute("slug") };
    this.teamId = new UntypedData(this, "team", "sentry_team", { organization, slug: team }).getStringAttribute(
      "internal_id",
    );
    this.errorMonitorId = new UntypedData(
      this,
      "errors",
      "sentry_project_error_monitor",
      this.address,
    ).getStringAttribute("id");
    new UntypedResource(this, "owners", "sentry_project_ownership", {
      ...this.address,
      raw: `path:* #${team}`,
      fallthrough: true,
      auto_assignment: "Auto Assign to Issue Owner",
      codeowners_auto_sync: false,
    });
    for (const filter of props.inboundFilters) {
      new UntypedResource(this, filter, "sentry_project_inbound_data_filter", {
        ...this.address,
        filter_id: filter,
        active: true,
      });
    }
  }
}
