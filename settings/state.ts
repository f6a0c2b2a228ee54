import { z } from "zod";
import { anyText, name, text } from "./fields";

/** Suffix of the state's Secrets. Terraform uses it as a label value, in which `-monitoring` must still fit. */
const secretSuffix = text(
  /^(?!.{53})[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  "must be at most 52 lower-case letters, digits and dashes",
  "choose a suffix such as `erp`",
);

/**
 * Location of the Terraform state: a backend's name, and its arguments under Terraform's names. Each stack has its own
 * state: `path`, `key`, `prefix` and `secret_suffix` belong to the environment, and the name of the stack's layer is
 * appended. The backend reads its credentials from its usual places; they are never settings.
 * https://developer.hashicorp.com/terraform/language/backend
 */
export const state = z.discriminatedUnion("backend", [
  /** Files on this machine, for tier `local` only. */
  z.strictObject({
    backend: z.literal("local"),
    /** Path relative to the project: `state/erp` becomes `state/erp-base.tfstate` and so on. */
    path: anyText,
  }),
  /** Secrets in a cluster. */
  z.strictObject({
    backend: z.literal("kubernetes"),
    /** Suffix of the Secrets' names: `tfstate-default-<secret_suffix>-<layer>`. */
    secret_suffix: secretSuffix,
    /** Namespace of the Secrets. It must already exist: a state cannot be in a namespace that it creates. */
    namespace: name,
    /** Context of the kubeconfig. */
    config_context: anyText,
    /** Additional labels of the Secrets. @default only Terraform's own labels */
    labels: z.record(z.string(), z.string()).optional(),
  }),
  /** Amazon S3, or a compatible store. */
  z.strictObject({
    backend: z.literal("s3"),
    bucket: anyText,
    /** Prefix of the objects: `<key>/<layer>.tfstate`. */
    key: anyText,
    region: anyText,
    /** Whether Terraform locks the state with a lock object in the bucket. @default no lock */
    use_lockfile: z.boolean().optional(),
    /** DynamoDB table for locking the state, which is the older method. @default no lock */
    dynamodb_table: anyText.optional(),
    /** Whether the state is encrypted at rest. @default as the bucket is configured */
    encrypt: z.boolean().optional(),
    /** The key that encrypts the state. @default the bucket's key */
    kms_key_id: anyText.optional(),
    /** Profile in the shared AWS configuration with the credentials. @default the shell's profile */
    profile: anyText.optional(),
    /**
     * Whether the URL contains the bucket in its path, which some stores other than Amazon's require.
     * @default false
     */
    use_path_style: z.boolean().optional(),
    /** The address of an S3-compatible store. @default Amazon S3 */
    endpoints: z.strictObject({ s3: anyText }).optional(),
  }),
  /** Google Cloud Storage. */
  z.strictObject({
    backend: z.literal("gcs"),
    bucket: anyText,
    /** Prefix of the objects: `<prefix>/<layer>`. */
    prefix: anyText,
    /** The service account that Terraform impersonates. @default the shell's own identity */
    impersonate_service_account: anyText.optional(),
    /** The resource name of the key that encrypts the state. @default Google's own key */
    kms_encryption_key: anyText.optional(),
  }),
  /** Azure Blob Storage. */
  z.strictObject({
    backend: z.literal("azurerm"),
    storage_account_name: anyText,
    container_name: anyText,
    /** Prefix of the blobs: `<key>/<layer>.tfstate`. */
    key: anyText,
    /** The resource group that contains the storage account. @default none */
    resource_group_name: anyText.optional(),
    /** The subscription that contains the storage account. @default the shell's subscription */
    subscription_id: anyText.optional(),
    /** Whether Terraform signs in with Microsoft Entra ID instead of the account's key. @default false */
    use_azuread_auth: z.boolean().optional(),
    /** Whether Terraform signs in as the pipeline's identity. @default false */
    use_oidc: z.boolean().optional(),
  }),
]);

export type State = z.infer<typeof state>;
