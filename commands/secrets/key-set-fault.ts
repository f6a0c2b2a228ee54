import { createPublicKey, type JsonWebKey } from "node:crypto";

/**
 * What is wrong with a text that should be a JWK set of public keys (RFC 7517), or undefined if nothing is. It never
 * contains a part of the text, which may be a private key.
 */
export function keySetFault(text: string): string | undefined {
  const keys = keysIn(text);
  if (keys === undefined) return 'is not a JWK set: an object such as {"keys":[…]} in JSON';
  if (keys.some((key) => key.kty === "oct" || privateMembers.some((member) => member in key))) {
    return "contains a private or a symmetric key, with which any reader can sign tokens. Store only the public keys, and replace this key at the issuer";
  }
  if (!keys.some(isUsable)) {
    return `contains no public key that the ERP can use: it needs a \`kid\`, and an algorithm of ${algorithms.join(", ")}`;
  }
  return undefined;
}

/** Members of a JWK that are secret (RFC 7518, 6.2.2, 6.3.2 and 6.4.1). */
const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

type Key = JsonWebKey & Readonly<Record<string, unknown>>;

function keysIn(text: string): readonly Key[] | undefined {
  try {
    const keys: unknown = JSON.parse(text)?.keys;
    const isObject = (key: unknown): key is Key => typeof key === "object" && key !== null;
    return Array.isArray(keys) && keys.every(isObject) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** Algorithms of the signatures that the ERP accepts, and that an image of your own must accept. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];

function isUsable(key: Key): boolean {
  const { kid, use = "sig", alg } = key;
  const given = typeof kid === "string" && use === "sig" && (alg === undefined || algorithms.includes(String(alg)));
  return given && isVerifying(key);
}

/** Whether a key can verify a signature of one of the algorithms. */
function isVerifying(key: Key): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key, format: "jwk" });
    if (asymmetricKeyType === "rsa") return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
    return asymmetricKeyType === "ed25519" || (asymmetricKeyType === "ec" && key.crv === "P-256");
  } catch {
    return false;
  }
}
