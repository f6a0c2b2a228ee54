import type { Environment } from "../environment";
import { keySecret, signingKey } from "../identity";
import type { Rule } from "../rule";

/** The traffic generator signs its own tokens, with a private key from the Secret that holds the public keys. */
export const trafficTokens: readonly Rule[] = [
  {
    at: "erp.identity.keys",
    reads: ["tier", "erp.inCluster"],
    broken: (environment) => signsTokens(environment) && keySecret(environment.erp.identity) === undefined,
    rule: "must be a Secret if `erp.inCluster` is set: its traffic generator signs its own tokens, and `npm run secrets` makes the keys",
    remedy: "write it as { secret: { name, key } }, or remove `erp.inCluster`",
  },
  {
    at: "erp.identity.keys.secret.key",
    reads: ["tier", "erp.inCluster"],
    broken: (environment) => signsTokens(environment) && keySecret(environment.erp.identity)?.key === signingKey,
    rule: `must not be \`${signingKey}\`, which is the key of the traffic generator's private key`,
    remedy: "use a name such as `jwks.json`",
  },
];

/** Whether the traffic generator signs tokens for the ERP. It runs in tier `local` only. */
function signsTokens({ tier, erp: { identity, inCluster } }: Environment): boolean {
  return tier === "local" && inCluster !== undefined && identity.mode === "oidc";
}
