import type { Rule } from "../rule";
import { isPlainHttp } from "../urls";

/** Settings that are allowed in tier `local` only. */
export const localOnly: readonly Rule[] = [
  {
    at: "state.backend",
    reads: ["tier"],
    broken: ({ tier, state }) => tier !== "local" && state.backend === "local",
    rule: "must not be `local` outside tier `local`: such a state is lost with its machine, and it cannot prevent two deployments at the same time",
    remedy: "use `s3`, `gcs`, `azurerm` or `kubernetes`",
  },
  {
    at: "erp.sentry.mode",
    reads: ["tier"],
    broken: ({ tier, erp }) => tier !== "local" && erp.sentry.mode === "off",
    rule: "must not be `off` outside tier `local`",
    remedy: "use `managed` (the DSN comes from TF_VAR_sentry_dsn) or `existing` (from a Secret)",
  },
  {
    at: "erp.identity.issuer",
    reads: ["tier"],
    broken: ({ tier, erp: { identity } }) =>
      tier !== "local" && identity.mode === "oidc" && isPlainHttp(identity.issuer),
    rule: "must begin with https:// outside tier `local`, as OpenID Connect requires",
    remedy: "copy `issuer` from the issuer's discovery document",
  },
  {
    at: "erp.inCluster",
    reads: ["tier"],
    broken: ({ tier, erp }) => tier !== "local" && erp.inCluster !== undefined,
    rule: "must not be set outside tier `local`: these servers have one replica and no backup",
    remedy: "remove it, and set the Secrets of your own servers in `erp.postgresql` and `erp.redis`",
  },
  {
    at: "erp.api.scale.minReplicas",
    reads: ["tier"],
    broken: ({ tier, erp: { api } }) => tier !== "local" && "minReplicas" in api.scale && api.scale.minReplicas < 2,
    rule: "must be at least 2 outside tier `local`: a single pod is down whenever its node is",
    remedy: "use 2 or more",
  },
];
