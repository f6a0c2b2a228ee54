import { Construct } from "constructs";
import { ChartRelease, type ChartSource } from "./chart-release";
import type { Resources, SecretKey } from "./container";
import { globalImages, type ImageSource } from "./image-source";
import type { Placement } from "./placement";
import { templateText } from "./template-text";

export interface GrafanaProps extends ImageSource {
  readonly namespace: string;
  readonly source: ChartSource;
  /** The name of the PriorityClass of the pods, which decides when a node evicts them. */
  readonly priorityClass: string;
  /** The nodes on which the pods may run. @default any node without taints */
  readonly placement?: Placement;
  readonly replicas: number;
  /** Address at which people open Grafana. */
  readonly url: string;
  /** Secret with keys `admin-user` and `admin-password`. */
  readonly adminSecret: string;
  /** Data sources in the format of Grafana's provisioning files. */
  readonly dataSources: readonly object[];
  /** The Ingress through which people reach Grafana. @default none: people reach it by `kubectl port-forward` */
  readonly ingress?: {
    readonly className: string;
    readonly host: string;
    /** The name of the Secret that contains the certificate. @default the Ingress serves no TLS */
    readonly tlsSecret?: string;
    /** The annotations that the Ingress controller or cert-manager reads. @default none */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /**
   * The OpenID Connect provider that people sign on with; it replaces the log-in form.
   * @default Grafana shows its log-in form
   */
  readonly oidc?: {
    readonly clientId: string;
    readonly clientSecret: SecretKey;
    readonly authUrl: string;
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly scopes: string;
    readonly roleAttributePath: string;
  };
  readonly resources: Resources;
  readonly sidecarResources: Resources;
}

/** Label by which the sidecar finds a dashboard's ConfigMap, and annotation that contains the folder. */
export const dashboardLabel = { grafana_dashboard: "1" } as const;
export const folderAnnotation = "grafana_folder";

/**
 * Grafana without persistent data: data sources and dashboards come from the code, users from a Secret or from OIDC.
 */
export class Grafana extends Construct {
  constructor(scope: Construct, id: string, props: GrafanaProps) {
    super(scope, id);
    new ChartRelease(this, "Release", {
      name: "grafana",
      namespace: props.namespace,
      source: props.source,
      values: {
        fullnameOverride: "grafana",
        ...globalImages(props),
        ...props.placement,
        replicas: props.replicas,
        resources: props.resources,
        priorityClassName: props.priorityClass,
        admin: { existingSecret: props.adminSecret, userKey: "admin-user", passwordKey: "admin-password" },
        ...(props.oidc && {
          envValueFrom: { GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: { secretKeyRef: props.oidc.clientSecret } },
        }),
        // A Role, instead of a ClusterRole that can read every Secret of the cluster.
        rbac: { namespaced: true },
        persistence: { enabled: false },
        initChownData: { enabled: false },
        testFramework: { enabled: false },
        assertNoLeakedSecrets: true,
        sidecar: dashboardSidecar(props.sidecarResources),
        datasources: { "datasources.yaml": { apiVersion: 1, datasources: props.dataSources } },
        ...(props.ingress && { ingress: ingress(props.ingress) }),
        "grafana.ini": configuration(props),
      },
      timeoutSeconds: 600,
    });
  }
}

function dashboardSidecar(resources: Resources) {
  return {
    resources,
    dashboards: {
      enabled: true,
      label: Object.keys(dashboardLabel)[0],
      labelValue: Object.values(dashboardLabel)[0],
      resource: "configmap",
      folderAnnotation,
      // Grafana finds changed files by itself within 30 seconds. A call to reload them would need the password of the
      // administrator, and Grafana would refuse it where basic authentication is off.
      skipReload: true,
      provider: { foldersFromFilesStructure: true, allowUiUpdates: false },
    },
  };
}

function ingress({ className, host, tlsSecret, annotations = {} }: NonNullable<GrafanaProps["ingress"]>) {
  return {
    enabled: true,
    ingressClassName: className,
    annotations: Object.fromEntries(Object.entries(annotations).map(([name, text]) => [name, templateText(text)])),
    hosts: [host],
    tls: tlsSecret ? [{ secretName: tlsSecret, hosts: [host] }] : [],
  };
}

function configuration({ url, ingress, oidc }: GrafanaProps) {
  const encrypted = url.startsWith("https://");
  return {
    server: {
      root_url: url,
      ...(ingress && { domain: ingress.host, enforce_domain: true }),
    },
    security: {
      cookie_secure: encrypted,
      // With `strict`, the browser would not send the cookies when the page of an OIDC provider leads back to Grafana.
      cookie_samesite: "lax",
      strict_transport_security: encrypted,
      content_security_policy: true,
      disable_gravatar: true,
      allow_embedding: false,
    },
    users: { allow_sign_up: false, viewers_can_edit: false },
    "auth.anonymous": { enabled: false },
    ...(oidc && {
      auth: { disable_login_form: true },
      "auth.basic": { enabled: false },
      "auth.generic_oauth": {
        enabled: true,
        name: "Single sign-on",
        client_id: iniText(oidc.clientId),
        auth_url: iniText(oidc.authUrl),
        token_url: iniText(oidc.tokenUrl),
        api_url: iniText(oidc.apiUrl),
        scopes: oidc.scopes,
        role_attribute_path: iniText(oidc.roleAttributePath),
        // A user without a role of the application has no access.
        role_attribute_strict: true,
        use_pkce: true,
      },
    }),
    // Prometheus and Alertmanager alert. Alerts that are created in Grafana would not be reviewed.
    unified_alerting: { enabled: false },
    // The updater stops the bundled data sources before it fails, at any time and without a deployment.
    // https://github.com/grafana/grafana/issues/132528
    plugins: { preinstall_disabled: true, preinstall_auto_update: false, plugin_admin_enabled: false },
    analytics: {
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
      feedback_links_enabled: false,
    },
    news: { news_feed_enabled: false },
    snapshots: { external_enabled: false },
  };
}

/**
 * A value of `grafana.ini`. Without three quotation marks, `#` and `;` would begin a comment, and quotation marks around the
 * value would be removed. The chart expands templates in it.
 */
function iniText(text: string): string {
  return templateText(/[#;]|^["'`]|\\$/.test(text) ? `"""${text}"""` : text);
}
