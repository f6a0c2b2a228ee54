import type { Job } from "../kit/metrics/job";
import type { Environment } from "../settings/environment";
import { coveredNamespaces, type ProductTeam } from "../settings/team-members";
import { fastapiInstrumentator } from "./erp-api/fastapi-instrumentator";
import type { HttpProfile } from "./erp-api/http-profile";
import { starlettePrometheus } from "./erp-api/starlette-prometheus";
import { type BusinessRecordings, businessRecordings } from "./erp-business/business-recordings";
import { httpTallies, type Tallies } from "./erp-slos/request-tallies";

/** The metrics that depend on the environment. Lists of metrics, alerts and dashboards are functions of it. */
export interface Inventory {
  readonly environment: Environment;
  /**
   * Matcher of our namespaces and those of teams, for queries about pods, containers and volumes: with
   * `clusterMonitoring: "full"`, Prometheus also has series of other namespaces.
   */
  readonly inOurNamespaces: string;
  /** The profile of the ERP's HTTP metrics library. */
  readonly http: HttpProfile;
  /** Recordings of the requests that the objectives cover. */
  readonly tallies: Tallies;
  /** Recordings of the ERP's business activity. */
  readonly business: BusinessRecordings;
}

/** The inventory with all jobs of catalogued metrics. */
export interface Catalogued extends Inventory {
  readonly jobs: readonly Job[];
}

/** The inventory from which dashboards are built. */
export interface DashboardInventory extends Catalogued {
  /**
   * Matchers of `ALERTS` for the alerts that name a team in the product, also where the environment gives their services to
   * other teams.
   */
  readonly alertsOf: Readonly<Record<ProductTeam, string>>;
}

const profiles: Record<Environment["erp"]["httpMetrics"], HttpProfile> = {
  "starlette-prometheus": starlettePrometheus,
  "fastapi-instrumentator": fastapiInstrumentator,
};

/** The profile of the environment's HTTP metrics library. */
export function httpProfile({ erp }: Pick<Environment, "erp">): HttpProfile {
  return profiles[erp.httpMetrics];
}

export function inventory(environment: Environment): Inventory {
  const http = httpProfile(environment);
  const tallies = httpTallies(http, environment.erp.slos);
  const inOurNamespaces = `namespace=~"${coveredNamespaces(environment).join("|")}"`;
  return { environment, inOurNamespaces, http, tallies, business: businessRecordings(tallies) };
}
