import type { Environment } from "./environment";

type Alertmanager = Pick<Environment["alertmanager"], "receivers" | "heartbeat">;

/** Keys of the Secret that Alertmanager reads. */
export function alertmanagerKeys({ receivers, heartbeat }: Alertmanager): readonly string[] {
  const keys = Object.values(receivers).flatMap(({ slack, pagerduty, email, webhook }) => [
    slack?.apiUrlKey,
    pagerduty?.credentialKey,
    email?.passwordKey,
    webhook?.urlKey,
  ]);
  return present([...keys, heartbeat?.urlKey]);
}

/** The keys whose values are URLs. */
export function alertmanagerUrlKeys({ receivers, heartbeat }: Alertmanager): readonly string[] {
  const keys = Object.values(receivers).flatMap(({ slack, webhook }) => [slack?.apiUrlKey, webhook?.urlKey]);
  return present([...keys, heartbeat?.urlKey]);
}

function present(keys: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(keys.filter((key) => key !== undefined))];
}
