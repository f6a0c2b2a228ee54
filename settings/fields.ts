import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import { inSeconds, longestSeconds } from "../kit/queries/duration";
import { bytesOf, coresOf } from "../kit/queries/quantity";

/**
 * Schemas of the values that environments consist of. A schema checks one value, or a few of one object; `rules/`
 * checks values that must agree across an environment.
 */

/** Rule and remedy of a fault, joined to the single message that zod stores. `schemaFindings` splits them again. */
export const message = (rule: string, remedy: string) => `${rule}\n${remedy}`;

export function text(pattern: RegExp, rule: string, remedy: string) {
  const error = message(rule, remedy);
  // Rules that compare the text with others do not add faults of their own while it has the wrong form.
  return z.string({ error }).regex(pattern, { error, abort: true });
}

/** A list without duplicates. */
export function unique<Item extends z.ZodType>(
  item: Item,
  identity: (item: z.infer<Item>) => unknown = (same) => same,
) {
  return z
    .array(item)
    .refine(
      (items) => new Set(items.map(identity)).size === items.length,
      message("must not contain duplicates", "remove the repeated entry"),
    );
}

/** Non-empty text whose format another system defines. */
export const anyText = z.string().min(1);

/** Non-empty text in a place that has one line, such as a value in `grafana.ini`. */
export const oneLine = anyText.refine(
  (given) => !/[\n\r]/.test(given),
  message("must be one line", "replace the line breaks with spaces"),
);

/** A DNS label, which Kubernetes requires for namespaces and for the names of Services (RFC 1123). */
export const name = text(
  /^(?!.{64})[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  "must be an RFC 1123 label: at most 63 lower-case letters, digits and dashes",
  "choose a name such as `erp-redis`",
);

/** Name of a Secret, a StorageClass or an IngressClass: labels with dots between them (RFC 1123). */
export const objectName = text(
  /^(?!.{254})[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  "must be an RFC 1123 subdomain: at most 253 lower-case letters, digits, dashes and dots",
  "choose a name such as `erp-redis`",
);

/** Key of a Secret. Kubernetes makes files of keys, and excludes names of folders. */
export const secretKey = text(
  /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/,
  "must be a key of a Secret: letters, digits, `-`, `_` and `.`",
  "write the name of the key, never the secret itself",
);

/** Prometheus duration above zero: `30s`, `15d`, `1h30m`. */
export const duration = text(
  /^(?=.*[1-9])(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/,
  "must be a duration above zero in Prometheus format",
  "write a number and a unit, such as `30s`, `15d` or `1h30m`",
).refine(
  (given) => !(inSeconds(given) > longestSeconds),
  message("must be at most 292y, the longest duration of Prometheus", "write a shorter duration, such as `30d`"),
);

/** Kubernetes quantity of memory or storage: `512Mi`, `20Gi`. */
export const bytes = text(
  /^(?=.*[1-9])\d+(\.\d+)?(Ki|Mi|Gi|Ti)$/,
  "must be a quantity above zero with a binary unit",
  "write a number with Ki, Mi, Gi or Ti, such as `512Mi`",
);

/** Kubernetes quantity of CPU: `250m`, `2`. A value above 64 cores is probably meant in millicores. */
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

/** Size in Prometheus format: `40GB`, `8GiB`. */
export const prometheusSize = text(
  /^(?=.*[1-9])\d+(\.\d+)?(B|[KMGT]i?B)$/,
  "must be a size above zero in Prometheus format",
  "write a number and a unit, such as `40GB`",
);

/** Network in CIDR notation, whose address has no bits after the prefix: Python accepts no other. */
export const network = z
  .string({ error: message("must be text", "write it such as `10.244.0.0/16`") })
  .refine(
    isNetwork,
    message(
      "must be a network in CIDR notation, whose address has only zeros after the prefix",
      "write it such as `10.244.0.0/16` or `fd00:10:244::/56`",
    ),
  )
  .refine(
    (given) => !/\/0$/.test(given),
    message(
      "must not contain every address: any caller could then state another address",
      "write the networks of the proxies, such as `10.244.0.0/16`",
    ),
  )
  .meta({ examples: ["10.244.0.0/16", "fd00:10:244::/56"] });

function isNetwork(given: string): boolean {
  const [, address = "", prefix = ""] = /^([0-9a-f.:]+)\/(0|[1-9]\d{0,2})$/.exec(given) ?? [];
  const bits = isIPv6(address) ? ipv6Bits(address) : isIPv4(address) ? binary(address.split("."), 8, 10) : "";
  return bits !== "" && Number(prefix) <= bits.length && !bits.slice(Number(prefix)).includes("1");
}

/** The 128 bits of an IPv6 address, in which `::` replaces groups of zeros. */
function ipv6Bits(address: string): string {
  const [head = [], tail = []] = address.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return binary([...head, ...zeros, ...tail], 16);
}

function binary(groups: readonly string[], width: number, radix = 16): string {
  return groups.map((group) => Number.parseInt(group, radix).toString(2).padStart(width, "0")).join("");
}

const metadataName =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(?<!.{254})\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/** Annotations as Kubernetes accepts them: a name of at most 63 characters, optionally after a domain and a slash. */
export const annotations = z
  .record(
    text(
      metadataName,
      "must be a valid name of a Kubernetes annotation",
      "write it such as `cert-manager.io/cluster-issuer`",
    ),
    z.string(),
  )
  .refine(
    (given) => Buffer.byteLength(Object.entries(given).flat().join("")) <= 2 ** 18,
    message("must have at most 262,144 bytes in total, names and values", "shorten or remove annotations"),
  );

/** Name of a label. */
export const labelName = text(
  metadataName,
  "must be a valid name of a Kubernetes label",
  "write it such as `app.kubernetes.io/part-of`",
);

/** Value of a label. */
export const labelValue = text(
  /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/,
  "must be a valid value of a Kubernetes label: at most 63 letters, digits, `-`, `_` and `.`",
  "write it such as `platform`",
);

/** Labels as Kubernetes accepts them: unlike those of annotations, the values of labels are short names, too. */
export const labels = z.record(labelName, labelValue);

const whole = z
  .int({ error: message("must be a whole number", "write a whole number, without quotes") })
  .max(2 ** 31 - 1, message("must be at most 2147483647, the largest number in most fields of Kubernetes", "lower it"));

/** Whole number of 0 or more. */
export const count = whole.min(0, message("must not be negative", "use 0 or more"));

/** Whole number of 1 or more. */
export const positive = whole.min(1, message("must be at least 1", "use 1 or more"));

/** A key of an existing Secret. */
export const secretRef = z.strictObject({
  /** Name of the Secret, in the namespace of the pods that read it. */
  name: objectName,
  /** Key in the Secret. */
  key: secretKey,
});

const aboveLimit = message("must not be above the limit", "lower the request, or raise the limit");

/** Resource requests and limits of a container. */
export const resources = z
  .strictObject({
    /** Requests, by which the scheduler chooses a node. */
    requests: z.strictObject({ cpu, memory: bytes }),
    limits: z.strictObject({
      /**
       * The CPU that the container may use at most, in cores or millicores. @default no limit: the spare CPU of the
       * node
       */
      cpu: cpu.optional(),
      /** Memory limit, above which the container is killed. */
      memory: bytes.refine(
        (limit) => !(bytesOf(limit) < bytesOf("12Mi")),
        message("must be at least 12Mi: with less, CRI-O starts no container", "write a limit such as `128Mi`"),
      ),
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
