import { environments } from "../config/environments";
import { production } from "../config/production";
import type { Environment } from "../settings/environment";

export const profiles = ["starlette-prometheus", "fastapi-instrumentator"] as const;

/** Production with what an environment may have besides: an alert that is proven here is proven wherever it is. */
export const everything: Environment = {
  ...production,
  prometheus: { ...production.prometheus, remoteWrite: [{ url: "https://mimir.example.com/api/v1/push" }] },
};

/** Each environment, and the one with everything, with each instrumentor. */
export const everywhere = [...environments, everything].flatMap((environment) =>
  profiles.map((profile) => withProfile(environment, profile)),
);

export function withProfile(environment: Environment, httpMetrics: (typeof profiles)[number]): Environment {
  return { ...environment, erp: { ...environment.erp, httpMetrics } };
}
