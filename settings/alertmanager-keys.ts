import type { Environment } from "./environment";

/** Keys of the Secret that Alertmanager reads. */
export function alertmanagerKeys({
  receivers,
  heartbeat,
}: Pick<Environment["alertmanager"], "receivers" | "heartbeat">): readonly string[] {
  const keys = Object.values(receivers).flatMap(({ slack, pagerduty, email, webhook }) => [
    slack?.apiUrlKey,
    pagerduty?.credentialKey,
    email?.passwordKey,
    webhook?.urlKey,
  ]);
  return [...new Set([...keys, heartbeat?.urlKey].filter((key) => key !== undefined))];
}
