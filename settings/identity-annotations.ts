import { annotations, message } from "./fields";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const seconds = { form: /^\d+$/, example: "3600" };
const trueOrFalse = { form: /^(true|false)$/, example: "true" };

/** The annotations of ServiceAccounts that clouds read, with the form of their values. */
const known: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  // https://github.com/aws/amazon-eks-pod-identity-webhook
  "eks.amazonaws.com/role-arn": {
    form: /^arn:aws[-a-z]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    example: "arn:aws:iam::123456789012:role/loki",
  },
  "eks.amazonaws.com/audience": { form: /\S/, example: "sts.amazonaws.com" },
  "eks.amazonaws.com/sts-regional-endpoints": trueOrFalse,
  "eks.amazonaws.com/token-expiration": seconds,
  "eks.amazonaws.com/skip-containers": { form: /\S/, example: "sidecar" },
  // https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
  "iam.gke.io/gcp-service-account": {
    form: /^[-a-z0-9]+@[-a-z0-9.]+\.gserviceaccount\.com$/,
    example: "loki@shop.iam.gserviceaccount.com",
  },
  "iam.gke.io/return-principal-id-as-email": trueOrFalse,
  "iam.gke.io/credential-quota-project": { form: /\S/, example: "shop" },
  // https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
  "azure.workload.identity/client-id": { form: uuid, example: "01234567-89ab-cdef-0123-456789abcdef" },
  "azure.workload.identity/tenant-id": { form: uuid, example: "01234567-89ab-cdef-0123-456789abcdef" },
  "azure.workload.identity/service-account-token-expiration": seconds,
};

/**
 * Annotations that bind a ServiceAccount to an identity of a cloud. A cloud ignores an annotation that it does not know,
 * and the pods then have no access.
 */
export const identityAnnotations = annotations.superRefine((given, context) => {
  for (const [name, value] of Object.entries(given)) {
    const fault = annotationFault(name, value);
    if (fault !== undefined) context.addIssue({ code: "custom", path: [name], message: fault });
  }
});

function annotationFault(name: string, value: string): string | undefined {
  const domain = domainOf(name);
  const ofDomain = Object.keys(known).filter((one) => domainOf(one) === domain);
  const expected = known[name];
  if (expected === undefined) {
    const rule = `must be an annotation that the cloud reads, because its name begins with \`${domain}/\``;
    return ofDomain.length === 0 ? undefined : message(rule, `choose one of \`${ofDomain.join("`, `")}\``);
  }
  if (expected.form.test(value)) return undefined;
  return message(
    `must have the form that the cloud reads in this annotation`,
    `write it such as \`${expected.example}\``,
  );
}

function domainOf(name: string): string {
  return name.split("/")[0] ?? "";
}
