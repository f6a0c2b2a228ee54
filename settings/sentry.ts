import { z } from "zod";
import { message, positive, secretRef } from "./fields";
import { sentryProject } from "./sentry-project";
import { httpUrl } from "./urls";

const share = z
  .number()
  .min(0, message("must be at least 0", "write a share such as 0.1"))
  .max(1, message("must be at most 1", "write a share such as 0.1"));

const sampled = {
  /**
   * Number to increase with each rotation of the DSN. The change restarts the pods, which read the DSN only when they
   * start.
   */
  revision: positive,
  /** Share of transactions that are traced, from 0 to 1. */
  tracesSampleRate: share,
  /** Share of the traced transactions that are profiled, from 0 to 1. */
  profilesSampleRate: share,
  /**
   * URL of the project's issues, which dashboards link to, such as `https://example.sentry.io/issues/?project=1`.
   * @default dashboards have no such link
   */
  issuesUrl: httpUrl.optional(),
  /**
   * The project in Sentry, with its alerts and monitors, as the stack `sentry-<env>` manages it: docs/sentry.md.
   * @default none: the project is managed in Sentry by hand
   */
  project: sentryProject.optional(),
};

/** Sentry settings. The DSN is a secret, so that the environment contains only its source. */
export const sentry = z.discriminatedUnion("mode", [
  /**
   * The DSN comes from the Terraform variable `sentry_dsn` (`TF_VAR_sentry_dsn`), which is read once for each revision.
   */
  z.strictObject({ mode: z.literal("managed"), ...sampled }),
  /** The DSN comes from an existing Secret in the namespace `erp`. */
  z.strictObject({ mode: z.literal("existing"), secret: secretRef, ...sampled }),
  /** The ERP does not report to Sentry. Allowed in tier `local` only. */
  z.strictObject({ mode: z.literal("off") }),
]);
