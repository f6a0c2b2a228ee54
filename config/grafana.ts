import { z } from "zod";
import { hostName, httpUrl, name, replicas, resources, secretRef } from "./fields";

const oidc = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: secretRef,
  authUrl: httpUrl,
  tokenUrl: httpUrl,
  apiUrl: httpUrl,
  scopes: z.string(),
  /** JMESPath over the claims that yields Viewer, Editor or Admin. */
  roleAttributePath: z.string(),
});

export const grafana = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("on"),
    replicas,
    resources,
    /** Under which address people open it. */
    url: httpUrl,
    /** Existing Secret in the namespace `grafana` with keys `admin-user` and `admin-password`. */
    adminSecret: name,
    /** @default reached by `kubectl port-forward` */
    ingress: z
      .strictObject({
        host: hostName,
        tlsSecret: name.optional(),
        annotations: z.record(z.string(), z.string()).optional(),
      })
      .optional(),
    oidc: oidc.optional(),
    /** Where logs link to by trace id. @default no such links */
    tracingUrl: httpUrl.optional(),
  }),
  /** Dashboards and data sources are laid down where a sidecar of a Grafana that is there already finds them. */
  z.strictObject({ mode: z.literal("existing"), namespace: name, url: httpUrl }),
  z.strictObject({ mode: z.literal("off") }),
]);
