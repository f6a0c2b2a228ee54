import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

export interface SentryProviderProps {
  /** Source of the provider in Terraform's registry. */
  readonly source: string;
  readonly version: string;
  /** Address of a Sentry that is not sentry.io, without `/api`. @default `https://sentry.io` */
  readonly baseUrl?: string;
}

/** Terraform's provider for Sentry. It reads the token from `SENTRY_AUTH_TOKEN`, so that no file contains it. */
export class SentryProvider extends TerraformProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SentryProviderProps,
  ) {
    super(scope, id, {
      terraformResourceType: "sentry",
      terraformProviderSource: props.source,
      terraformGeneratorMetadata: { providerName: "sentry", providerVersion: props.version },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { baseUrl } = this.props;
    return baseUrl === undefined ? {} : { base_url: `${baseUrl}/api/` };
  }
}
