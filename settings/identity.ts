import { z } from "zod";
import { anyText, message, type SecretRef, secretRef } from "./fields";
import { isPlainHttp, issuerUrl } from "./urls";

/**
 * Key of the private key with which the traffic generator signs its tokens. The Secret of `keys` has it only if
 * `erp.inCluster` runs that generator.
 */
export const signingKey = "signing-key.pem";

/** The public keys of the issuer, as a JWK set (RFC 7517). */
const keys = z.union(
  [
    /** The address from which the API fetches the set, such as the `jwks_uri` of the issuer's discovery document. */
    z.strictObject({
      uri: issuerUrl.refine(
        (uri) => !isPlainHttp(uri),
        message(
          "must begin with https://: without TLS, an attacker who replaces the keys in transit can sign tokens",
          "copy `jwks_uri` from the issuer's discovery document",
        ),
      ),
    }),
    /** The key of an existing Secret in the namespace `erp` that contains the set. The API reads it as a file. */
    z.strictObject({ secret: secretRef }),
  ],
  { error: message("must be an object", "write it as { uri }, or as { secret: { name, key } }") },
);

/** How the ERP knows its users. */
export const identity = z.discriminatedUnion(
  "mode",
  [
    /** The API accepts bearer tokens that an issuer signed. */
    z.strictObject({
      mode: z.literal("oidc"),
      /** The issuer: exactly the claim `iss` of its tokens. */
      issuer: issuerUrl.refine(
        (issuer) => !/[?#]/.test(issuer),
        message("must have no query and no fragment (RFC 8414)", "copy `issuer` from the issuer's discovery document"),
      ),
      /**
       * The audience that tokens for this ERP name in their claim `aud`. Environments with the same issuer need different
       * audiences: otherwise each of them accepts the tokens of the others.
       */
      audience: anyText,
      keys,
    }),
    /** The image authenticates its users by itself, and gets no settings for it. */
    z.strictObject({ mode: z.literal("own") }),
  ],
  {
    error: ({ input }) =>
      input === undefined
        ? message(
            "is required",
            "write it as { mode, issuer, audience, keys } with the mode `oidc`; or as { mode } with the mode `own`, if the image authenticates its users by itself",
          )
        : undefined,
  },
);

export type Identity = z.infer<typeof identity>;

/** The key of the Secret with the public keys of the issuer, or undefined if the API reads the keys from elsewhere or has none. */
export function keySecret(given: Identity): SecretRef | undefined {
  return given.mode === "oidc" && "secret" in given.keys ? given.keys.secret : undefined;
}
