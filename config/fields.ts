import { z } from "zod";

/**
 * The kinds of value that environments are made of. Each says its rule and its remedy in `message`, parted by a line
 * break, so that a fault can show both.
 */
function text(pattern: RegExp, rule: string, remedy: string) {
  return z.string({ error: `${rule}\n${remedy}` }).regex(pattern, `${rule}\n${remedy}`);
}

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

/** Prometheus duration: `30s`, `15d`, `1h30m`. */
export const duration = text(
  /^(?=\d)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/,
  "must be a duration in Prometheus' form",
  "write a number and a unit, such as `30s`, `15d` or `1h30m`",
);

/** Kubernetes quantity of memory or storage: `512Mi`, `20Gi`. */
export const bytes = text(
  /^\d+(\.\d+)?(Ki|Mi|Gi|Ti)$/,
  "must be a quantity with a binary unit",
  "write a number with Ki, Mi, Gi or Ti, such as `512Mi`",
);

/** Kubernetes quantity of CPU: `250m`, `2`. */
export const cpu = text(
  /^(\d+m|\d+(\.\d+)?)$/,
  "must be a quantity of CPU as text",
  "write millicores such as `250m`, or cores such as `1`",
);

/** Prometheus' own sizes: `40GB`, `8GiB`. */
export const prometheusSize = text(
  /^\d+(\.\d+)?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/,
  "must be a size in Prometheus' form",
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

export const count = z
  .int({ error: "must be a whole number\nwrite it without quotes" })
  .min(0, "must not be negative\nuse 0 or more");
export const replicas = count.min(1, "must be at least 1\nuse 1 or more");

/** A key of a Secret that exists already. */
export const secretRef = z.strictObject({ name, key: secretKey });

export const resources = z.strictObject({
  requests: z.strictObject({ cpu, memory: bytes }),
  limits: z.strictObject({ cpu: cpu.optional(), memory: bytes }),
});

export type Resources = z.infer<typeof resources>;
export type SecretRef = z.infer<typeof secretRef>;
