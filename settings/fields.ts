import { z } from "zod";
import { bytesOf, coresOf } from "./quantity";

/**
 * The kinds of value that environments are made of. A schema judges one value, or the few of one object; what several
 * parts must agree on is in `rules/`.
 */

/** Rule and remedy of a fault, as the one message that zod keeps. `schemaFindings` parts them again. */
export const message = (rule: string, remedy: string) => `${rule}\n${remedy}`;

export function text(pattern: RegExp, rule: string, remedy: string) {
  return z.string({ error: message(rule, remedy) }).regex(pattern, message(rule, remedy));
}

/** A list in which nothing stands twice. */
export function unique<Item extends z.ZodType>(
  item: Item,
  identity: (item: z.infer<Item>) => unknown = (same) => same,
) {
  return z
    .array(item)
    .refine(
      (items) => new Set(items.map(identity)).size === items.length,
      message("must not name anything twice", "remove the entry that is repeated"),
    );
}

/** Text that is not empty, where its form is somebody else's. */
export const anyText = z.string().min(1);

/** A DNS label, as Kubernetes wants it of most names (RFC 1123). */
export const name = text(
  /^(?!.{64})[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  "must be an RFC 1123 label: at most 63 lower-case letters, digits and dashes",
  "choose a name such as `erp-redis`",
);

/** Key of a Secret. */
export const secretKey = text(
  /^[-._a-zA-Z0-9]{1,253}$/,
  "must be a key of a Secret: letters, digits, `-`, `_` and `.`",
  "name the key, never the secret itself",
);

/** Prometheus duration above zero: `30s`, `15d`, `1h30m`. */
export const duration = text(
  /^(?=.*[1-9])(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/,
  "must be a duration above zero, in Prometheus' form",
  "write a number and a unit, such as `30s`, `15d` or `1h30m`",
);

/** Kubernetes quantity of memory or storage: `512Mi`, `20Gi`. */
export const bytes = text(
  /^(?=.*[1-9])\d+(\.\d+)?(Ki|Mi|Gi|Ti)$/,
  "must be a quantity above zero with a binary unit",
  "write a number with Ki, Mi, Gi or Ti, such as `512Mi`",
);

/** Kubernetes quantity of CPU: `250m`, `2`. Above 64 cores, millicores were meant. */
export const cpu = text(
  /^(?=.*[1-9])(\d+m|\d+(\.\d+)?)$/,
  "must be a quantity of CPU above zero, as text",
  "write millicores such as `250m`, or cores such as `1`",
).refine(
  (quantity) => !(coresOf(quantity) > 64),
  message(
    "must be at most 64 cores: a number without a unit counts whole cores",
    "write millicores with an m, such as `100m`",
  ),
);

/** Prometheus' own sizes: `40GB`, `8GiB`. */
export const prometheusSize = text(
  /^(?=.*[1-9])\d+(\.\d+)?(B|[KMGT]i?B)$/,
  "must be a size above zero in Prometheus' form",
  "write a number and a unit, such as `40GB`",
);

/** `http://` or `https://` with a host. */
export const httpUrl = text(
  /^https?:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d+)?(\/\S*)?$/i,
  "must be a URL that starts with https:// or http://",
  "write it whole, such as `https://grafana.example.com`",
);

export const hostName = text(
  /^(?!.{254})[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
  "must be a host name (RFC 1123)",
  "write it without scheme and path, such as `erp.example.com`",
);

/** Image with a tag or digest; `latest` says nothing about what runs. */
export const image = text(
  /^(?!.*:latest$)[a-z0-9]([-a-z0-9._/:]*[a-z0-9])?(:[\w][\w.-]{0,127}|@sha256:[a-f0-9]{64})$/,
  "must be an image with a tag or digest, and never `latest`",
  "write it such as `registry.example.com/erp:1.4.2`",
);

/** Annotations as Kubernetes takes them: the name at most 63 signs, before it perhaps a domain and a slash. */
export const annotations = z.record(
  text(
    /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/,
    "must be a name that Kubernetes takes for an annotation",
    "write it such as `cert-manager.io/cluster-issuer`",
  ),
  z.string(),
);

const whole = z.int({ error: message("must be a whole number", "write a whole number, without quotes") });

/** Whole number of 0 or more. */
export const count = whole.min(0, message("must not be negative", "use 0 or more"));

/** Whole number of 1 or more. */
export const positive = whole.min(1, message("must be at least 1", "use 1 or more"));

/** A key of a Secret that exists already. */
export const secretRef = z.strictObject({
  /** The Secret, in the namespace of what reads it. */
  name,
  /** Which of its keys. */
  key: secretKey,
});

const aboveLimit = message("must not be above the limit", "lower the request, or raise the limit");

/** What a container is promised, and what it may take. */
export const resources = z
  .strictObject({
    /** By these the scheduler finds a node. */
    requests: z.strictObject({ cpu, memory: bytes }),
    limits: z.strictObject({
      /** The CPU that the container may use at most, in cores or millicores. @default whatever the node has to spare */
      cpu: cpu.optional(),
      /** Above it the container is killed. */
      memory: bytes,
    }),
  })
  .refine(({ requests, limits }) => !(coresOf(requests.cpu) > coresOf(limits.cpu ?? "Infinity")), {
    path: ["requests", "cpu"],
    error: aboveLimit,
  })
  .refine(({ requests, limits }) => !(bytesOf(requests.memory) > bytesOf(limits.memory)), {
    path: ["requests", "memory"],
    error: aboveLimit,
  });

export type Resources = z.infer<typeof resources>;
export type SecretRef = z.infer<typeof secretRef>;
