import { z } from "zod";
import { httpUrl, message, positive, secretRef } from "./fields";

const share = z
  .number()
  .min(0, message("must be at least 0", "write a share such as 0.1"))
  .max(1, message("must be at most 1", "write a share such as 0.1"));

const sampled = {
  /** Rises with each rotation of the DSN, and rolls the pods, which read it once. */
  revision: positive,
  /** Share of transactions that are traced, from 0 to 1. */
  tracesSampleRate: share,
  /** Share of the traced transactions that are profiled, from 0 to 1. */
  profilesSampleRate: share,
  /**
   * The page of the project's issues that dashboards link to, such as `https://example.sentry.io/issues/?project=1`.
   * @default dashboards have no such link
   */
  issuesUrl: httpUrl.optional(),
};

/** The DSN is a secret: the environment holds only where it comes from. */
export const sentry = z.discriminatedUnion("mode", [
  /** From the Terraform variable `sentry_dsn` (`TF_VAR_sentry_dsn`), written once for each revision. */
  z.strictObject({ mode: z.literal("managed"), ...sampled }),
  /** From an existing Secret in the namespace `erp`. */
  z.strictObject({ mode: z.literal("existing"), secret: secretRef, ...sampled }),
  /** In tier `local` only. */
  z.strictObject({ mode: z.literal("off") }),
]);
