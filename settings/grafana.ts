import { z } from "zod";
import { annotations, anyText, hostName, httpUrl, message, name, positive, resources, secretRef } from "./fields";

const oidc = z.strictObject({
  clientId: anyText,
  /** In the namespace `grafana`. */
  clientSecret: secretRef,
  authUrl: httpUrl,
  tokenUrl: httpUrl,
  /** The provider's user-info endpoint. */
  apiUrl: httpUrl,
  /** Parted by spaces, such as `openid profile email`. */
  scopes: anyText,
  /** JMESPath over the claims that yields Viewer, Editor or Admin. */
  roleAttributePath: anyText,
});

const ingress = z.strictObject({
  host: hostName,
  /**
   * The Secret in the namespace `grafana` that holds the certificate: it exists already, or `annotations` have
   * cert-manager create it.
   * @default the Ingress serves no TLS
   */
  tlsSecret: name.optional(),
  /** The annotations that the Ingress controller or cert-manager reads. @default none */
  annotations: annotations.optional(),
});

export const grafana = z.discriminatedUnion("mode", [
  /** Ours. */
  z
    .strictObject({
      mode: z.literal("on"),
      /** Two would need a database between them, which this project does not bring. */
      replicas: positive.max(1, message("must be 1: two would each have a database of their own", "use 1")),
      resources,
      /** Under which address people open it. */
      url: httpUrl,
      /** Existing Secret in the namespace `grafana` with keys `admin-user` and `admin-password`. */
      adminSecret: name,
      /** The Ingress through which people reach Grafana. @default none: people reach it by `kubectl port-forward` */
      ingress: ingress.optional(),
      /**
       * The OpenID Connect provider that people sign on with; it replaces the log-in form.
       * @default Grafana shows its log-in form
       */
      oidc: oidc.optional(),
      /**
       * The address that log lines link to with the id of their trace, which is appended as the last part of the path.
       * @default log lines have no such links
       */
      tracingUrl: httpUrl.optional(),
    })
    .refine(
      ({ url, ingress }) => ingress === undefined || !URL.canParse(url) || new URL(url).hostname === ingress.host,
      {
        path: ["url"],
        error: message(
          "must have the host of `grafana.ingress.host`: Grafana sends visitors of any other back to it",
          "give both the same host",
        ),
      },
    ),
  /** Dashboards and data sources are laid down where a sidecar of a Grafana that is there already finds them. */
  z.strictObject({
    mode: z.literal("existing"),
    /** Where its sidecar looks. */
    namespace: name,
    url: httpUrl,
  }),
  /** No Grafana, and no dashboards. */
  z.strictObject({ mode: z.literal("off") }),
]);
