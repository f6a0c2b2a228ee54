import { prometheusGroups } from "../../../signals";
import type { Check } from "../check";
import { compareRules } from "../loaded-rules";
import { readsPrometheus } from "../server-permissions";

export const rules: Check = {
  id: "rules",
  title: "every rule is loaded by Prometheus with our content, and is healthy",
  permissions: readsPrometheus,
  run: ({ prometheus, signals }) =>
    compareRules(prometheusGroups(signals), prometheus, {
      rules: "/api/v1/rules",
      format: "/api/v1/format_query",
    }),
};
