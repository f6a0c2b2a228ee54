import { z } from "zod";
import { anyText, labels, message, name, positive, text } from "./fields";
import { azureAccount, azureContainer, gcsBucket, isAwsRegion, objectPath, region, s3Bucket } from "./object-stores";
import { baseUrl } from "./urls";

/** Suffix of the state's Secrets. Terraform uses it as a label value, in which `-monitoring` must still fit. */
const secretSuffix = text(
  /^(?!.{53})[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  "must be at most 52 lower-case letters, digits and dashes",
  "choose a suffix such as `erp`",
);

/** https://developer.hashicorp.com/terraform/language/backend/s3 */
const s3 = z
  .strictObject({
    backend: z.literal("s3"),
    bucket: s3Bucket,
    /** Prefix of the objects: `<key>/<layer>.tfstate`. */
    key: objectPath,
    /** Region of the bucket. Terraform refuses a region that is not Amazon's unless `skip_region_validation` is set. */
    region,
    /** Whether Terraform locks the state with a lock object in the bucket. @default no lock */
    use_lockfile: z.boolean().optional(),
    /** DynamoDB table for locking the state, which is the older method. @default no lock */
    dynamodb_table: anyText.optional(),
    /** Whether the state is encrypted at rest. @default as the bucket is configured */
    encrypt: z.boolean().optional(),
    /** The key that encrypts the state. @default the bucket's key */
    kms_key_id: anyText.optional(),
    /** Access control list of the state's objects. @default the bucket's list */
    acl: anyText.optional(),
    /** Profile in the shared AWS configuration with the credentials. @default the shell's profile */
    profile: anyText.optional(),
    /** Files of the shared AWS configuration. @default the shell's files */
    shared_config_files: z.array(anyText).optional(),
    /** Files with credentials, which are not part of the project. @default the shell's files */
    shared_credentials_files: z.array(anyText).optional(),
    /** The role that Terraform assumes to read and write the state. @default none */
    assume_role: z
      .strictObject({
        role_arn: anyText,
        /** How long the credentials of the role are valid. @default 1h */
        duration: anyText.optional(),
        /** Identifier that the owner of the role requires. It is no secret. @default none */
        external_id: anyText.optional(),
        /** IAM policy that limits the role, as JSON. @default none */
        policy: anyText.optional(),
        /** IAM policies that limit the role. @default none */
        policy_arns: z.array(anyText).optional(),
        /** Name of the session, which audit logs contain. @default a name of Terraform */
        session_name: anyText.optional(),
        /** Identity in whose name the role is assumed. @default none */
        source_identity: anyText.optional(),
        /** Tags of the session. @default none */
        tags: z.record(z.string(), z.string()).optional(),
        /** Tags that later sessions inherit. @default none */
        transitive_tag_keys: z.array(anyText).optional(),
      })
      .optional(),
    /** The role that Terraform assumes with a token of the pipeline. @default none */
    assume_role_with_web_identity: z
      .strictObject({
        role_arn: anyText,
        /** How long the credentials of the role are valid. @default 1h */
        duration: anyText.optional(),
        /** IAM policy that limits the role, as JSON. @default none */
        policy: anyText.optional(),
        /** IAM policies that limit the role. @default none */
        policy_arns: z.array(anyText).optional(),
        /** Name of the session, which audit logs contain. @default a name of Terraform */
        session_name: anyText.optional(),
        /** File with the token. @default AWS_WEB_IDENTITY_TOKEN_FILE of the shell */
        web_identity_token_file: anyText.optional(),
      })
      .optional(),
    /** The only accounts in which the state may be. @default every account */
    allowed_account_ids: z.array(anyText).optional(),
    /** Accounts in which the state must not be. @default none */
    forbidden_account_ids: z.array(anyText).optional(),
    /**
     * Whether the URL contains the bucket in its path, which some stores other than Amazon's require.
     * @default false
     */
    use_path_style: z.boolean().optional(),
    /** Addresses of an S3-compatible store and of its other services. @default Amazon's */
    endpoints: z
      .strictObject({
        /** Address of the object store. @default Amazon S3 */
        s3: baseUrl.optional(),
        /** Address of DynamoDB. @default Amazon's */
        dynamodb: baseUrl.optional(),
        /** Address of IAM. @default Amazon's */
        iam: baseUrl.optional(),
        /** Address of IAM Identity Center. @default Amazon's */
        sso: baseUrl.optional(),
        /** Address of STS. @default Amazon's */
        sts: baseUrl.optional(),
      })
      .optional(),
    /** Whether Terraform skips a request to STS, which stores other than Amazon's do not have. @default false */
    skip_credentials_validation: z.boolean().optional(),
    /** Whether Terraform skips the metadata service of EC2. @default false */
    skip_metadata_api_check: z.boolean().optional(),
    /** Whether Terraform accepts regions that are not Amazon's. @default false */
    skip_region_validation: z.boolean().optional(),
    /** Whether Terraform skips requests for the number of the account. @default false */
    skip_requesting_account_id: z.boolean().optional(),
    /** Whether Terraform sends no checksums, which some stores other than Amazon's refuse. @default false */
    skip_s3_checksum: z.boolean().optional(),
    /** Whether Terraform uses endpoints that meet FIPS 140-2. @default false */
    use_fips_endpoint: z.boolean().optional(),
    /** Whether Terraform uses endpoints with IPv6. @default false */
    use_dualstack_endpoint: z.boolean().optional(),
    /** File with the certificates of the store's authority. @default those of the machine */
    custom_ca_bundle: anyText.optional(),
    /** Proxy for requests over http. @default the shell's proxy */
    http_proxy: baseUrl.optional(),
    /** Proxy for requests over https. @default the shell's proxy */
    https_proxy: baseUrl.optional(),
    /** Hosts that are reached without a proxy, with commas between them. @default those of the shell */
    no_proxy: anyText.optional(),
    /** How often Terraform sends a request that fails. @default 5 */
    max_retries: positive.optional(),
  })
  .refine(({ region: given, skip_region_validation: skip }) => skip === true || isAwsRegion(given), {
    path: ["region"],
    error: message(
      "must be a region of Amazon: Terraform refuses every other one",
      "write it such as `eu-central-1`, or set `skip_region_validation: true` for a store other than Amazon's",
    ),
  });

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
    path: text(
      /^(?!~)(?!.*\/$)[^\0]+$/,
      "must be a path without `~` at its start, which Terraform does not replace, and without a slash at its end",
      "write it relative to the project, such as `state/erp`",
    ),
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
    labels: labels.optional(),
  }),
  /** Amazon S3, or a compatible store. */
  s3,
  /** Google Cloud Storage. */
  z.strictObject({
    backend: z.literal("gcs"),
    bucket: gcsBucket,
    /** Prefix of the objects: `<prefix>/<layer>`. */
    prefix: objectPath,
    /** The service account that Terraform impersonates. @default the shell's own identity */
    impersonate_service_account: anyText.optional(),
    /** The service accounts through which Terraform impersonates the last one. @default none */
    impersonate_service_account_delegates: z.array(anyText).optional(),
    /** The resource name of the key that encrypts the state. @default Google's own key */
    kms_encryption_key: anyText.optional(),
    /** Address of the store, for a private connection. @default Google's */
    storage_custom_endpoint: baseUrl.optional(),
  }),
  /** Azure Blob Storage. */
  z.strictObject({
    backend: z.literal("azurerm"),
    storage_account_name: azureAccount,
    container_name: azureContainer,
    /** Prefix of the blobs: `<key>/<layer>.tfstate`. */
    key: objectPath,
    /** The resource group that contains the storage account. @default none */
    resource_group_name: anyText.optional(),
    /** The subscription that contains the storage account. @default the shell's subscription */
    subscription_id: anyText.optional(),
    /** The tenant of the identity. @default the shell's tenant */
    tenant_id: anyText.optional(),
    /** The application or managed identity that Terraform signs in as. @default the shell's identity */
    client_id: anyText.optional(),
    /** The cloud: `public`, `china` or `usgovernment`. @default "public" */
    environment: z.enum(["public", "china", "usgovernment"]).optional(),
    /** Whether Terraform signs in with Microsoft Entra ID instead of the account's key. @default false */
    use_azuread_auth: z.boolean().optional(),
    /** Whether Terraform signs in as the pipeline's identity. @default false */
    use_oidc: z.boolean().optional(),
    /** Whether Terraform signs in as the machine's managed identity. @default false */
    use_msi: z.boolean().optional(),
    /** Whether Terraform signs in as the user of the Azure CLI. @default true */
    use_cli: z.boolean().optional(),
    /** Whether Terraform makes a snapshot of the blob before it writes the state. @default false */
    snapshot: z.boolean().optional(),
  }),
]);

export type State = z.infer<typeof state>;
