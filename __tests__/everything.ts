import type { Environment } from "../config/environment";
import { production } from "../config/production";

/** Production with what an environment may have besides: an alert that is proven here is proven wherever it is. */
export const everything: Environment = {
  ...production,
  prometheus: { ...production.prometheus, remoteWrite: [{ url: "https://mimir.example.com/api/v1/push" }] },
};
