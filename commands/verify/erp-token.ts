import { createPrivateKey, createPublicKey, randomUUID, sign } from "node:crypto";
import { namespaces } from "../../settings/addresses";
import type { Environment } from "../../settings/environment";
import { keySecret, signingKey } from "../../settings/identity";
import { type CheckedSecret, valueIn } from "../secrets/check-secrets";
import { thumbprint } from "../secrets/signing-keys";

/**
 * A bearer token for the ERP: the variable ERP_TOKEN, or in tier `local` one that is signed with the key of its traffic
 * generator.
 * @returns undefined if there is none. The ERP then answers 401, which is logged too
 */
export function erpToken({ erp }: Environment, secrets: readonly CheckedSecret[]): string | undefined {
  if (process.env.ERP_TOKEN) return process.env.ERP_TOKEN;
  const keys = keySecret(erp.identity);
  const privateKey = keys && valueIn(secrets, `${namespaces.erp}/${keys.name}`, signingKey);
  if (erp.identity.mode !== "oidc" || !privateKey) return undefined;
  const now = Math.floor(Date.now() / 1000);
  const { issuer, audience } = erp.identity;
  return signedToken(privateKey, {
    iss: issuer,
    aud: audience,
    sub: "verify",
    organization_id: randomUUID(),
    roles: [],
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
  });
}

/** A JSON Web Token with RS256 (RFC 7519), which names its key by its thumbprint. */
function signedToken(privateKey: string, claims: object): string {
  const { e = "", kty = "", n = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const header = { alg: "RS256", typ: "JWT", kid: thumbprint({ e, kty, n }) };
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const signature = sign("RSA-SHA256", Buffer.from(content), createPrivateKey(privateKey));
  return `${content}.${signature.toString("base64url")}`;
}
