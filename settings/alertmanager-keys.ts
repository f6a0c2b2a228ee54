import type { Environment } from "./environment";

type Alertmanager = Pick<Environment["alertmanager"], "receivers" | "heartbeat">;

/** A key of the Secret that Alertmanager reads, with the kind of receiver that its value is for. */
export interface ReceiverKey {
  readonly kind: "slack" | "pagerduty" | "email" | "webhook" | "heartbeat";
  readonly key: string;
}

/** The keys of all receivers. A key may occur several times. */
export function receiverKeys({ receivers, heartbeat }: Alertmanager): readonly ReceiverKey[] {
  const named = Object.values(receivers).flatMap(
    (receiver) =>
      [
        ["slack", receiver?.slack?.apiUrlKey],
        ["pagerduty", receiver?.pagerduty?.credentialKey],
        ["email", receiver?.email?.passwordKey],
        ["webhook", receiver?.webhook?.urlKey],
      ] as const,
  );
  return [...named, ["heartbeat", heartbeat?.urlKey] as const].flatMap(([kind, key]) =>
    key === undefined ? [] : [{ kind, key }],
  );
}

/** Keys of the Secret that Alertmanager reads. */
export function alertmanagerKeys(alertmanager: Alertmanager): readonly string[] {
  return distinct(receiverKeys(alertmanager));
}

/** The keys whose values are URLs. */
export function alertmanagerUrlKeys(alertmanager: Alertmanager): readonly string[] {
  return distinct(receiverKeys(alertmanager).filter(({ kind }) => ["slack", "webhook", "heartbeat"].includes(kind)));
}

function distinct(keys: readonly ReceiverKey[]): readonly string[] {
  return [...new Set(keys.map(({ key }) => key))];
}
