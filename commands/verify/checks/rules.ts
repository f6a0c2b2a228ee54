import type { Check } from "../check";
import { type LoadedGroup, ruleFailures } from "../loaded-rules";
import type { Server } from "../server";
import { readsPrometheus } from "../server-permissions";

export const rules: Check = {
  id: "rules",
  title: "every rule is loaded by Prometheus with our content, and is healthy",
  permissions: readsPrometheus,
  async run({ prometheus, signals }) {
    const expected = [...signals.platform.rules, ...signals.erp.rules];
    const { data } = await prometheus.get<{ data: { groups: readonly LoadedGroup[] } }>("/api/v1/rules");
    const format = formatter(prometheus, "/api/v1/format_query");
    const failures = await ruleFailures(expected, data.groups, prometheus.name, format);
    return {
      failures,
      extent: `${expected.flatMap((group) => group.rules).length} rules in ${expected.length} groups`,
    };
  },
};

/** The server prints every expression in one form. Each expression is sent once, and most rules share none. */
export function formatter(server: Server, path: string): (expression: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (expression) => {
    const formatted =
      known.get(expression) ??
      server.get<{ data: string }>(path, { query: expression }).then(({ data }) => data.replace(/\s+/g, ""));
    known.set(expression, formatted);
    return formatted;
  };
}
