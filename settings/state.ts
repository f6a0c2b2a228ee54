import { z } from "zod";
import { anyText, name, text } from "./fields";

/** Terraform puts it into a label, behind which `-monitoring` must still fit. */
const secretSuffix = text(
  /^(?!.{53})[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  "must be at most 52 lower-case letters, digits and dashes",
  "choose a suffix such as `erp`",
);

/**
 * Where Terraform keeps its state: a backend's name and its arguments under Terraform's names. Each stack has a state
 * of its own: `path`, `key`, `prefix` and `secret_suffix` are the environment's, to which the stack's layer is added.
 * Credentials come from where the backend looks for them by itself, never from here.
 * https://developer.hashicorp.com/terraform/language/backend
 */
export const state = z.discriminatedUnion("backend", [
  /** Files on this machine, for tier `local` only. */
  z.strictObject({
    backend: z.literal("local"),
    /** Relative to the project: `state/erp` becomes `state/erp-base.tfstate` and so on. */
    path: anyText,
  }),
  /** Secrets of a cluster. */
  z.strictObject({
    backend: z.literal("kubernetes"),
    /** End of the Secrets' names: `tfstate-default-<secret_suffix>-<layer>`. */
    secret_suffix: secretSuffix,
    /** Must be there already: a state cannot live in a namespace that it creates. */
    namespace: name,
    /** Context of the kubeconfig. */
    config_context: anyText,
    /** The labels that the Secrets get. @default none besides Terraform's own */
    labels: z.record(z.string(), z.string()).optional(),
  }),
  /** Amazon S3, or what speaks its protocol. */
  z.strictObject({
    backend: z.literal("s3"),
    bucket: anyText,
    /** The stacks' objects are `<key>/<layer>.tfstate`. */
    key: anyText,
    region: anyText,
    /** Whether Terraform locks the state with an object beside it. @default no lock */
    use_lockfile: z.boolean().optional(),
    /** The table that Terraform locks the state with, which is the older way. @default no lock */
    dynamodb_table: anyText.optional(),
    /** Whether the state is encrypted at rest. @default as the bucket is configured */
    encrypt: z.boolean().optional(),
    /** The key that encrypts the state. @default the bucket's key */
    kms_key_id: anyText.optional(),
    /** The profile of AWS' shared configuration that holds the credentials. @default the shell's profile */
    profile: anyText.optional(),
    /**
     * Whether the address contains the bucket in its path, as stores that are not Amazon's may need it.
     * @default false
     */
    use_path_style: z.boolean().optional(),
    /** The address of a store that is not Amazon's own but speaks its protocol. @default Amazon's own address */
    endpoints: z.strictObject({ s3: anyText }).optional(),
  }),
  /** Google Cloud Storage. */
  z.strictObject({
    backend: z.literal("gcs"),
    bucket: anyText,
    /** The stacks' objects lie under `<prefix>/<layer>`. */
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
    /** The stacks' blobs are `<key>/<layer>.tfstate`. */
    key: anyText,
    /** The resource group that contains the storage account. @default none */
    resource_group_name: anyText.optional(),
    /** The subscription that contains the storage account. @default the shell's subscription */
    subscription_id: anyText.optional(),
    /** Whether Terraform signs in with Microsoft Entra ID in place of the account's key. @default false */
    use_azuread_auth: z.boolean().optional(),
    /** Whether Terraform signs in as the pipeline's identity. @default false */
    use_oidc: z.boolean().optional(),
  }),
]);

export type State = z.infer<typeof state>;
