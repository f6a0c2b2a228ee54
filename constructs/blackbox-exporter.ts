import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";

export interface BlackboxExporterProps {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The registry that is put before the repository of the image. @default the public registry */
  readonly imageRegistry?: string;
  readonly resources: Resources;
}

/** Asks endpoints for an answer, as their users would. Modules: `http_2xx` within the cluster, `https_2xx` in public. */
export class BlackboxExporter extends Construct {
  constructor(scope: Construct, id: string, { namespace, source, imageRegistry, resources }: BlackboxExporterProps) {
    super(scope, id);
    new ChartRelease(this, "Release", {
      name: "blackbox-exporter",
      namespace,
      source,
      values: {
        fullnameOverride: "blackbox-exporter",
        ...(imageRegistry && { global: { imageRegistry } }),
        resources,
        podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
        config: {
          modules: {
            http_2xx: { prober: "http", timeout: "5s", http },
            https_2xx: { prober: "http", timeout: "10s", http: { ...http, fail_if_not_ssl: true } },
          },
        },
      },
      timeoutSeconds: 300,
    });
  }
}

/** IPv6 first is a false alarm wherever a name has an address that no route leads to. */
const http = { valid_status_codes: [200], preferred_ip_protocol: "ip4", follow_redirects: false };
