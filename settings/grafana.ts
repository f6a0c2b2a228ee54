import { z } from "zod";
import { annotations, message, name, objectName, oneLine, positive, resources, secretRef, text } from "./fields";
import { brokenPathRule } from "./role-path";
import { baseUrl, hostName, issuerUrl } from "./urls";

/** A value of `grafana.ini`, which has one line and no way to write a variable of Grafana as text. */
const iniText = oneLine
  .refine(
    (given) => !/\$(__\w+)?\{/.test(given),
    message("must not contain `${` or `$__…{`, which Grafana replaces with a variable", "write the value itself"),
  )
  .refine(
    (given) => !given.includes('"""'),
    message("must not contain three quotation marks, which end a value in `grafana.ini`", "remove one of them"),
  );

const oidc = z
  .strictObject({
    clientId: iniText,
    /** Client secret, in a Secret in the namespace `grafana`. */
    clientSecret: secretRef,
    authUrl: issuerUrl,
    tokenUrl: issuerUrl,
    /** The provider's user-info endpoint. */
    apiUrl: issuerUrl,
    /** Scopes, separated by spaces, such as `openid profile email`. */
    scopes: text(
      // A comma separates scopes too, so that a scope does not contain one: the match takes linear time.
      /^[!#%-+\--[\]-~]+([ ,]+[!#%-+\--[\]-~]+)*$/,
      "must be scopes with spaces between them, without quotation marks, `$` and backslashes",
      "write it such as `openid profile email`",
    ),
    /** JMESPath expression over the claims that returns Viewer, Editor or Admin. */
    roleAttributePath: iniText
      .refine((path) => brokenPathRule(path) === undefined, {
        error: ({ input }) =>
          message(
            brokenPathRule(String(input)) ?? "",
            "write it such as `contains(groups[*], 'platform') && 'Admin' || 'Viewer'`",
          ),
        abort: true,
      })
      .refine(
        (path) => !/(?<!`)"(GrafanaAdmin|Admin|Editor|Viewer|None)"/.test(path),
        message(
          "must have roles in single quotes: in JMESPath, a name in double quotes is that of a claim",
          "write it such as `contains(groups[*], 'platform') && 'Admin' || 'Viewer'`",
        ),
      ),
  })
  .refine(({ authUrl, tokenUrl, apiUrl }) => new Set([authUrl, tokenUrl, apiUrl]).size === 3, {
    path: ["tokenUrl"],
    error: message(
      "must differ from `authUrl` and `apiUrl`, and these from each other: each is another endpoint of the provider",
      "copy `token_endpoint` from the issuer's discovery document, and check the other two",
    ),
  });

const ingress = z.strictObject({
  host: hostName,
  /**
   * The Secret in the namespace `grafana` that holds the certificate. It exists already, or cert-manager creates it
   * because of `annotations`.
   * @default the Ingress serves no TLS
   */
  tlsSecret: objectName.optional(),
  /** The annotations that the Ingress controller or cert-manager reads. @default none */
  annotations: annotations.optional(),
});

export const grafana = z.discriminatedUnion("mode", [
  /** Grafana is installed by the stacks. */
  z
    .strictObject({
      mode: z.literal("on"),
      /** Must be 1: two replicas would need a shared database, which this project does not install. */
      replicas: positive.max(1, message("must be 1: each replica would have its own database", "use 1")),
      resources,
      /** The address at which people open Grafana: a host of its own, without a path. */
      url: baseUrl.refine(
        (url) => !URL.canParse(url) || new URL(url).pathname === "/",
        message(
          "must have no path: below a path, Grafana redirects the probes of its pod and the requests of `verify` to this address",
          "give Grafana a host of its own, such as `https://grafana.example.com`",
        ),
      ),
      /** Existing Secret in the namespace `grafana` with keys `admin-user` and `admin-password`. */
      adminSecret: objectName,
      /** The Ingress of Grafana. @default none: people reach Grafana by `kubectl port-forward` */
      ingress: ingress.optional(),
      /**
       * The OpenID Connect provider for signing in. It replaces the log-in form.
       * @default Grafana shows its log-in form
       */
      oidc: oidc.optional(),
      /**
       * URL of the tracing system. Log lines link to this URL with their trace id appended to the path.
       * @default log lines have no such links
       */
      tracingUrl: baseUrl.optional(),
    })
    .refine(
      ({ url, ingress }) => ingress === undefined || !URL.canParse(url) || new URL(url).hostname === ingress.host,
      {
        path: ["url"],
        error: message(
          "must have the host of `grafana.ingress.host`: Grafana redirects every other host to its URL",
          "use the same host in both",
        ),
      },
    ),
  /** Dashboards and data sources are created where the sidecar of an existing Grafana reads them. */
  z.strictObject({
    mode: z.literal("existing"),
    /** Namespace in which the sidecar looks for dashboards. */
    namespace: name,
    url: baseUrl,
  }),
  /** No Grafana, and no dashboards. */
  z.strictObject({ mode: z.literal("off") }),
]);
