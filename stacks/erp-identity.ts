import type { Mount } from "../constructs/container";
import type { Volume } from "../constructs/pod-template";
import type { Environment } from "../settings/environment";
import { type Identity, keySecret, signingKey } from "../settings/identity";

/** The environment variables, volumes and mounts that one container gets because of `erp.identity`. */
export interface IdentityParts {
  readonly env: Readonly<Record<string, string>>;
  readonly volumes: readonly Volume[];
  readonly mounts: readonly Mount[];
}

const folder = "/etc/erp/identity";
const none: IdentityParts = { env: {}, volumes: [], mounts: [] };

/** Parts with which the API verifies tokens: the issuer, the audience, and the public keys. */
export function apiIdentity({ identity }: Environment["erp"]): IdentityParts {
  if (identity.mode === "own") return none;
  if ("uri" in identity.keys) return { ...none, env: { ...claims(identity), OIDC_KEYS_URI: identity.keys.uri } };
  return withFile(identity, "OIDC_KEYS_FILE", identity.keys.secret, "jwks.json");
}

/** Parts with which the traffic generator signs its tokens: the issuer, the audience, and the private key. */
export function trafficIdentity({ identity }: Environment["erp"]): IdentityParts {
  const keys = keySecret(identity);
  if (identity.mode === "own" || keys === undefined) return none;
  return withFile(identity, "TRAFFIC_SIGNING_KEY_FILE", { ...keys, key: signingKey }, signingKey);
}

type Oidc = Extract<Identity, { mode: "oidc" }>;

/**
 * One key of a Secret as a file, and nothing else of the Secret. The kubelet replaces the file when the key changes,
 * because the folder is mounted and not the file alone.
 */
function withFile(identity: Oidc, variable: string, { name, key }: { name: string; key: string }, file: string) {
  return {
    env: { ...claims(identity), [variable]: `${folder}/${file}` },
    volumes: [{ name: "identity", secret: name, items: { [key]: file } }],
    mounts: [{ volume: "identity", path: folder }],
  };
}

function claims({ issuer, audience }: Oidc) {
  return { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience };
}
