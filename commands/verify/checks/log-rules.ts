import type { Check } from "../check";
import { type LoadedGroup, ruleFailures } from "../loaded-rules";
import { readsLoki } from "../server-permissions";
import { formatter } from "./rules";

export const logRules: Check = {
  id: "log-rules",
  title: "every rule about logs is loaded by Loki with our content, and is healthy",
  permissions: readsLoki,
  async run({ loki, signals }) {
    const expected = signals.logs.rules;
    const { data } = await loki.get<{ data: { groups: readonly LoadedGroup[] } }>("/prometheus/api/v1/rules");
    const format = formatter(loki, "/loki/api/v1/format_query");
    const failures = await ruleFailures(expected, data.groups, loki.name, format);
    return {
      failures,
      extent: `${expected.flatMap((group) => group.rules).length} rules in ${expected.length} groups`,
    };
  },
};
