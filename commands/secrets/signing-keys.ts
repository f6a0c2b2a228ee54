import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";

/** A new key pair in the formats that the ERP and its traffic generator read. */
export interface SigningKeys {
  /** The public key, as a JWK set (RFC 7517). */
  readonly keySet: string;
  /** The private key, as PEM. */
  readonly privateKey: string;
}

/** Makes a key pair for RS256, the algorithm that every implementation of OpenID Connect supports. */
export function signingKeys(): SigningKeys {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    keySet: JSON.stringify({ keys: [publicJwk(publicKey)] }),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** The key with its thumbprint as its id, which a program that has only the private key can derive too. */
function publicJwk(key: KeyObject) {
  const { kty = "", n = "", e = "" } = key.export({ format: "jwk" });
  return { kty, n, e, kid: thumbprint({ kty, n, e }), use: "sig", alg: "RS256" };
}

/** The thumbprint of an RSA key (RFC 7638): the hash of its required members in this order. */
export function thumbprint({ e, kty, n }: { readonly e: string; readonly kty: string; readonly n: string }): string {
  return createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
}
