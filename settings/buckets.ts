import type { Environment } from "./environment";

/** The bucket of Loki, as a text that is the same for the same bucket; undefined if Loki has a volume. */
export function logBucket({ loki: { storage } }: Pick<Environment, "loki">): string | undefined {
  switch (storage.type) {
    case "filesystem":
      return undefined;
    case "azure":
      return address("azure", storage.accountName, storage.container);
    case "gcs":
      return address("gcs", storage.bucket);
    case "s3":
      return address("s3", endpoint(storage.endpoint), storage.bucket);
  }
}

/** The bucket of the Terraform state, as `logBucket` writes it; undefined if the state is kept elsewhere. */
export function stateBucket({ state }: Pick<Environment, "state">): string | undefined {
  switch (state.backend) {
    case "azurerm":
      return address("azure", state.storage_account_name, state.container_name);
    case "gcs":
      return address("gcs", state.bucket);
    case "s3":
      return address("s3", endpoint(state.endpoints?.s3), state.bucket);
    default:
      return undefined;
  }
}

/** The host of a store. Names of buckets at Amazon are unique in all regions. */
function endpoint(url: string | undefined): string | undefined {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
  return host === undefined || /(^|\.)amazonaws\.com(\.cn)?$/.test(host) ? undefined : host;
}

function address(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" ");
}
