import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources } from "./container";
import type { ImageSource } from "./image-source";
import type { Placement } from "./placement";

export interface BlackboxExporterProps extends ImageSource {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The name of the PriorityClass of the pods, which decides when a node evicts them. */
  readonly priorityClass: string;
  /** The nodes on which the pods may run. @default any node without taints */
  readonly placement?: Placement;
  readonly resources: Resources;
}

/**
 * Sends requests to endpoints, as their users do. Module `http_2xx` is for the cluster, `https_2xx` for public hosts,
 * and `kubernetes_api` for the API server, whose name is looked up to check DNS.
 */
export class BlackboxExporter extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { namespace, source, priorityClass, imageRegistry, imagePullSecrets, placement, resources }: BlackboxExporterProps,
  ) {
    super(scope, id);
    new ChartRelease(this, "Release", {
      name: "blackbox-exporter",
      namespace,
      source,
      values: {
        fullnameOverride: "blackbox-exporter",
        ...(imageRegistry && { global: { imageRegistry } }),
        // This chart reads the names alone.
        ...(imagePullSecrets && { image: { pullSecrets: imagePullSecrets } }),
        ...placement,
        resources,
        priorityClassName: priorityClass,
        podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
        config: {
          modules: {
            http_2xx: { prober: "http", timeout: "5s", http },
            https_2xx: { prober: "http", timeout: "10s", http: { ...http, fail_if_not_ssl: true } },
            kubernetes_api: { prober: "http", timeout: "5s", http: { ...http, ...anyServer } },
          },
        },
      },
      timeoutSeconds: 300,
    });
  }
}

/** With IPv6 preferred, the probe would fail if a name has an IPv6 address that cannot be reached. */
const http = { valid_status_codes: [200], preferred_ip_protocol: "ip4", follow_redirects: false };

/** The exporter has no credentials for the API server, and only the look-up of its name matters. */
const anyServer = { valid_status_codes: [200, 401, 403], tls_config: { insecure_skip_verify: true } };
