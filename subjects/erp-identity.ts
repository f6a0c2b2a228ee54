import { erpIdentityKeysStale } from "../alerts/erp-identity/erp-identity-keys-stale";
import { erpRejectsAllTokens } from "../alerts/erp-identity/erp-rejects-all-tokens";
import { erpTokensRejected } from "../alerts/erp-identity/erp-tokens-rejected";
import { verifiesTokens } from "../metrics/conditions";
import { erpIdentity as metrics } from "../metrics/erp-identity/identity-metrics";
import type { Subject } from "./subject";

/** The tokens of the ERP's callers, and the keys of the issuer that verify them. */
export const erpIdentity: Subject = {
  name: "erp-identity",
  when: {
    holds: verifiesTokens,
    otherwise: "`erp.identity.mode` is `own`: the image authenticates its users by itself",
  },
  causes: ["identity"],
  metrics: () => [metrics],
  alerts: (catalogued) => [erpRejectsAllTokens(catalogued), erpTokensRejected, erpIdentityKeysStale],
};
