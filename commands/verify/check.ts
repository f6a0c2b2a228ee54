import type { Environment } from "../../settings/environment";
import type { Signals } from "../../signals";
import type { Deployment } from "./deployment";
import type { Permission } from "./permissions";

/** One property of a deployed environment. Each check is one file in `checks/`. */
export interface Check {
  /** Identifies the check in the JSON report, such as `targets`. Unique among all checks. */
  readonly id: string;
  /** The property, as a sentence without a full stop: `every scrape target is up`. */
  readonly title: string;
  /** What the check requests from the API. `--permissions` prints the Roles that allow all of it. */
  readonly permissions: readonly Permission[] | ((signals: Signals, environment: Environment) => readonly Permission[]);
  /** @returns why the environment does not have the property, or undefined if it has. @default every environment has it */
  readonly without?: (environment: Environment, signals: Signals) => string | undefined;
  /** What the check creates. `--read-only` skips the check and lists this text. @default it creates nothing */
  readonly creates?: string;
  /** Whether the check reads values of Secrets, so that `--without-secrets` skips it. @default false */
  readonly readsSecrets?: boolean;
  /** The option without which the check is not run. @default it is always run */
  readonly onlyWith?: "notify" | "sentry";
  /**
   * Compares the deployment with the configuration.
   * @throws {Error} when it cannot be compared. The report names the check as not run, with the reason.
   */
  readonly run: (deployment: Deployment) => Promise<Findings>;
}

/** The result of a check that was run. Without failures, the check has passed. */
export interface Findings {
  readonly failures: readonly Failure[];
  /** What the check has looked at, such as `24 targets of 21 jobs`. @default nothing that can be counted */
  readonly extent?: string;
  /** Facts that are no failures and that a reader should know. @default none */
  readonly notes?: readonly string[];
}

/** A difference between the deployment and the configuration. No text contains a value of a Secret. */
export interface Failure {
  /** The object or the program: `Deployment erp/erp-api`. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;
  /** Name of the page in `docs/runbooks/` that helps, without `.md`. */
  readonly runbook: string;
}

/** Checks that are reported together. */
export interface CheckGroup {
  readonly name: string;
  readonly checks: readonly Check[];
}
