import { parse } from "yaml";
import { inSeconds } from "../../../kit/queries/duration";
import type { Check } from "../check";
import { differences } from "../differences";
import { readsAlertmanager } from "../server-permissions";

/** If Alertmanager refuses a new configuration, it continues with the old one. */
export const alertmanagerConfiguration: Check = {
  id: "alertmanager-configuration",
  title: "Alertmanager has loaded our configuration",
  permissions: readsAlertmanager,
  async run({ alertmanager, signals }) {
    const { config } = await alertmanager.get<{ config: { original: string } }>("/api/v2/status");
    const changed = configurationDifferences(signals.alertmanagerConfig, config.original);
    return {
      failures: changed ? [{ where: "Alertmanager", ...changed, runbook: "ConfigReloadFailing" }] : [],
      extent: `${signals.alertmanagerConfig.receivers.length} receivers`,
    };
  },
};

/** @param loaded the configuration as Alertmanager prints it, in YAML, with its defaults and without secrets */
export function configurationDifferences(expected: unknown, loaded: string) {
  return differences(comparable(expected), comparable(parse(loaded)), "extra fields are allowed");
}

/** Alertmanager writes durations in its own units, and omits empty values. */
function comparable(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => comparable(item, key));
  if (typeof value === "string" && /_(wait|interval|timeout)$/.test(key)) return inSeconds(value);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, item]) => item !== undefined && item !== "" && !isEmptyList(item));
  return Object.fromEntries(fields.map(([name, item]) => [name, comparable(item, name)]));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
