import type { Environment } from "../environment";
import { signingKey } from "../identity";
import type { Rule } from "../rule";

/** The traffic generator signs its own tokens, with a private key from the Secret that holds the public keys. */
export const trafficTokens: readonly Rule[] = [
  {
    at: "erp.identity.keys",
    reads: ["tier", "erp.inCluster"],
    broken: (environment) => {
      const keys = trafficKeys(environment);
      return keys !== undefined && "uri" in keys;
    },
    rule: "must be a Secret if `erp.inCluster` is set: its traffic generator signs its own tokens, and `npm run secrets` makes the keys",
    remedy: "write it as { secret: { name, key } }, or remove `erp.inCluster`",
  },
  {
    at: "erp.identity.keys.secret.key",
    reads: ["tier", "erp.inCluster"],
    broken: (environment) => {
      const keys = trafficKeys(environment);
      return keys !== undefined && "secret" in keys && keys.secret.key === signingKey;
    },
    rule: `must not be \`${signingKey}\`, which is the key of the traffic generator's private key`,
    remedy: "use a name such as `jwks.json`",
  },
];

/** The keys of the ERP, if the traffic generator must sign tokens that they verify. It runs in tier `local` only. */
function trafficKeys({ tier, erp: { identity, inCluster } }: Environment) {
  return tier === "local" && inCluster && identity.mode === "oidc" ? identity.keys : undefined;
}
