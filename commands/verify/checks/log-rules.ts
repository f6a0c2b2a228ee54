import type { Check } from "../check";
import { compareRules } from "../loaded-rules";
import { readsLoki } from "../server-permissions";

export const logRules: Check = {
  id: "log-rules",
  title: "every rule about logs is loaded by Loki with our content, and is healthy",
  permissions: readsLoki,
  run: ({ loki, signals }) =>
    compareRules(signals.logs.rules, loki, {
      rules: "/prometheus/api/v1/rules",
      format: "/loki/api/v1/format_query",
    }),
};
