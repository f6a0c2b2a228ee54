import { z } from "zod";
import { re2Finding } from "../kit/queries/regular-expression";
import { message, type SecretRef, secretRef, text, unique } from "./fields";
import { hostName, httpUrl, isPlainHttp } from "./urls";

/** Paths of queries, of pages, and of other protocols: no store receives samples of remote write there. */
const otherPath =
  /\/api\/v1\/(query|query_range|query_exemplars|read|series|labels?|status|rules|alerts|targets|metadata)(\/|$)|\/(metrics|federate|graph|select|targets|ready)\/?$|\/-\/\w+$|\/loki\/api\/|\/(otlp\/)?v1\/metrics$|\/api\/v2\/write$/;

const labelName = text(
  /^[a-zA-Z_]\w*$/,
  "must be the name of a label in Prometheus",
  "use letters, digits and underscores, such as `namespace`",
);

/** The reloader of the operator replaces such a reference with a variable of its pod, and fails if there is none. */
const noReference = (given: string) => !/\$\(\w+\)/.test(given);
const reference = message(
  "must not contain `$(NAME)`, which the reloader of Prometheus replaces with a variable",
  "write it in another way, such as `$[(]` in a regular expression",
);

/** Prometheus anchors the expression at both ends. */
const regex = z
  .string()
  .min(1)
  .refine((given) => re2Finding(given) === undefined, {
    error: ({ input }) =>
      message(`must be a regular expression of RE2, and is ${re2Finding(String(input))?.rule}`, "correct it"),
  })
  .refine(noReference, reference)
  .meta({ examples: ["up|kube_.*", "go_(.+)"] });

/** Labels whose values are joined with semicolons and compared with `regex`. `__name__` is the name of the metric. */
const sourceLabels = unique(labelName).min(1);

/** https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config */
const relabeling = z.discriminatedUnion("action", [
  /** Sends only the series whose labels match, or all others. */
  z.strictObject({ action: z.enum(["keep", "drop"]), sourceLabels, regex }),
  /** Sends series without the labels whose names match, or without all others. */
  z.strictObject({ action: z.enum(["labeldrop", "labelkeep"]), regex }),
  /** Sets a label of the series whose labels match. */
  z.strictObject({
    action: z.literal("replace"),
    sourceLabels,
    regex,
    targetLabel: labelName,
    /** The value, in which `$1` is the first group of `regex`. Without a value, the label is removed. */
    replacement: z.string().refine(noReference, reference),
  }),
]);

const sigv4 = z
  .strictObject({
    /** The region of the receiver, such as `eu-central-1`. */
    region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region of AWS", "write it such as `eu-central-1`"),
    /** The id of an access key, in a Secret in the namespace `monitoring`. @default the credentials of the pod or node */
    accessKey: secretRef.optional(),
    /** The access key, in a Secret in the namespace `monitoring`. @default the credentials of the pod or node */
    secretKey: secretRef.optional(),
    /** The role that Prometheus assumes. @default none */
    roleArn: text(
      /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      "must be the ARN of an IAM role",
      "write it such as `arn:aws:iam::123456789012:role/metrics`",
    ).optional(),
  })
  .refine(({ accessKey, secretKey }) => (accessKey === undefined) === (secretKey === undefined), {
    path: ["secretKey"],
    error: message("must be set if and only if `accessKey` is set", "set both or neither"),
  });

const oauth2 = z.strictObject({
  /** Client id, in a Secret in the namespace `monitoring`. */
  clientId: secretRef,
  /** Client secret, in a Secret in the namespace `monitoring`. */
  clientSecret: secretRef,
  /** URL at which Prometheus gets its tokens. */
  tokenUrl: httpUrl,
  /** Scopes that are requested. @default none */
  scopes: unique(
    text(
      /^[!#-#%-[\]-~]+$/,
      "must be a scope without spaces, quotation marks, `$` and backslashes",
      "write each scope as one entry",
    ),
  )
    .min(1)
    .optional(),
});

const tls = z
  .strictObject({
    /** Certificate of the authority that signed the receiver's certificate. @default the public authorities */
    ca: secretRef.optional(),
    /** Certificate with which Prometheus identifies itself. @default none */
    cert: secretRef.optional(),
    /** Private key of `cert`. @default none */
    key: secretRef.optional(),
    /** Name that the receiver's certificate contains, if it is not the host of `url`. @default the host of `url` */
    serverName: hostName.optional(),
  })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    path: ["key"],
    error: message("must be set if and only if `cert` is set", "set both or neither"),
  })
  .refine(
    (given) => Object.values(given).some((one) => one !== undefined),
    message("must set something", "set `ca`, `serverName`, or `cert` and `key`, or leave it out"),
  );

/** The settings of which one is the credential. Prometheus refuses more than one. */
const credentials = ["basicAuth", "bearerToken", "oauth2", "sigv4"] as const;

/** A receiver of samples. Secrets are in the namespace `monitoring`. */
export const remoteWrite = z
  .strictObject({
    /** URL to which samples are sent, such as `https://mimir.example.com/api/v1/push`. */
    url: httpUrl.refine((url) => !URL.canParse(url) || !otherPath.test(new URL(url).pathname), {
      error: message(
        "must be the address at which a store receives remote write: this path is for queries, or for another protocol",
        "write it such as `https://mimir.example.com/api/v1/push`, or with `/api/v1/write` for Prometheus and `/api/v1/receive` for Thanos",
      ),
    }),
    /**
     * The user name and password for the receiver, as keys of a Secret in the namespace `monitoring`.
     * @default no authentication
     */
    basicAuth: z.strictObject({ username: secretRef, password: secretRef }).optional(),
    /** The token of the header `Authorization: Bearer`. @default no such header */
    bearerToken: secretRef.optional(),
    /** Tokens of OAuth 2, which Prometheus gets with a client id and a client secret. @default no such tokens */
    oauth2: oauth2.optional(),
    /** The signature of AWS, for Amazon Managed Service for Prometheus. @default requests are not signed */
    sigv4: sigv4.optional(),
    /**
     * Tenant of Mimir, Cortex or Thanos: the value of the header `X-Scope-OrgID`. The form is that of Mimir:
     * https://grafana.com/docs/mimir/latest/configure/about-tenant-ids.
     * @default no such header
     */
    tenant: text(
      /^(?!\.{1,2}$)[\w!.*'()-]{1,150}$/,
      "must be the id of a tenant: at most 150 letters, digits and characters of `!-_.*'()`",
      "write it such as `shop`",
    ).optional(),
    /** Certificates of the connection. @default the receiver has a certificate of a public authority */
    tls: tls.optional(),
    /** Changes of the series before they are sent, in this order. Alerts and dashboards see the series unchanged. @default none */
    writeRelabelings: z.array(relabeling).min(1).optional(),
  })
  .refine((given) => credentials.filter((one) => given[one] !== undefined).length <= 1, {
    error: message(
      "must have at most one of `basicAuth`, `bearerToken`, `oauth2` and `sigv4`: Prometheus refuses two kinds of credentials",
      "keep the one that the receiver expects",
    ),
  })
  .refine(({ url, tls }) => tls === undefined || !isPlainHttp(url), {
    path: ["tls"],
    error: message(
      "must not be set for a URL that begins with http://",
      "write the URL with https://, or remove `tls`",
    ),
  });

export type RemoteWrite = z.infer<typeof remoteWrite>;

/** A credential or a certificate that a receiver of samples needs. */
interface RemoteWriteSecret {
  readonly ref: SecretRef;
  readonly kind: "credential" | "certificate" | "private key";
}

/** The keys of Secrets that a receiver of samples needs. */
export function remoteWriteSecrets({ basicAuth, bearerToken, oauth2, sigv4, tls }: RemoteWrite): RemoteWriteSecret[] {
  const named = [
    [basicAuth?.username, "credential"],
    [basicAuth?.password, "credential"],
    [bearerToken, "credential"],
    [oauth2?.clientId, "credential"],
    [oauth2?.clientSecret, "credential"],
    [sigv4?.accessKey, "credential"],
    [sigv4?.secretKey, "credential"],
    [tls?.ca, "certificate"],
    [tls?.cert, "certificate"],
    [tls?.key, "private key"],
  ] as const;
  return named.flatMap(([ref, kind]) => (ref === undefined ? [] : [{ ref, kind }]));
}
