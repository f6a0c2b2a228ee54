import { z } from "zod";
import { name } from "./fields";

const text = z.string().min(1);

/**
 * Where Terraform keeps its state: a backend's name and its arguments under Terraform's names. Each stack has a state
 * of its own: `path`, `key`, `prefix` and `secret_suffix` are the environment's, to which the stack's name is added.
 * https://developer.hashicorp.com/terraform/language/backend
 */
export const state = z.discriminatedUnion("backend", [
  z.strictObject({ backend: z.literal("local"), path: text }),
  z.strictObject({
    backend: z.literal("kubernetes"),
    secret_suffix: name,
    /** Must be there already: a state cannot live in a namespace that it creates. */
    namespace: name,
    config_context: text,
    labels: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({
    backend: z.literal("s3"),
    bucket: text,
    key: text,
    region: text,
    use_lockfile: z.boolean().optional(),
    dynamodb_table: text.optional(),
    encrypt: z.boolean().optional(),
    kms_key_id: text.optional(),
    profile: text.optional(),
    use_path_style: z.boolean().optional(),
    endpoints: z.strictObject({ s3: text }).optional(),
  }),
  z.strictObject({
    backend: z.literal("gcs"),
    bucket: text,
    prefix: text,
    impersonate_service_account: text.optional(),
    kms_encryption_key: text.optional(),
  }),
  z.strictObject({
    backend: z.literal("azurerm"),
    storage_account_name: text,
    container_name: text,
    key: text,
    resource_group_name: text.optional(),
    subscription_id: text.optional(),
    use_azuread_auth: z.boolean().optional(),
    use_oidc: z.boolean().optional(),
  }),
]);

export type State = z.infer<typeof state>;
