import { source } from "../../kit/metrics/metric";
import { erpApiJob } from "../erp-api/erp-api-metrics";

const { counter, gauge } = source(erpApiJob);

/** Metrics of the API about the tokens of its callers, and about reading the keys that verify them. */
export const erpIdentity = {
  tokensAccepted: counter("erp_tokens_accepted_total", [], {
    help: "Requests and WebSockets whose token was accepted.",
  }),
  tokensRejected: counter("erp_tokens_rejected_total", ["reason"], {
    help: "Requests that were refused for lack of a valid token.",
    values: {
      reason: [
        "missing",
        "malformed",
        "algorithm",
        "key",
        "signature",
        "expired",
        "not_yet_valid",
        "issuer",
        "audience",
        "claims",
      ],
    },
    sample: { reason: "audience" },
  }),
  keysLastSuccess: gauge("erp_identity_keys_last_success_timestamp_seconds", [], {
    help: "Unix time at which the keys that verify tokens were last read; before the first time, the start of the process.",
  }),
};
