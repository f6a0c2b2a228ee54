import type { Receiver } from "./alertmanager";
import type { Environment } from "./environment";

/** The settings that name receivers. */
type Notifying = Pick<Environment, "alertmanager" | "teams">;

/** A key of the Secret that Alertmanager reads, with the kind of receiver that its value is for. */
export interface ReceiverKey {
  readonly kind: "slack" | "pagerduty" | "email" | "webhook" | "heartbeat";
  readonly key: string;
}

/** The keys of one receiver, or of one that is not set. */
export function keysOfReceiver(receiver: Receiver | undefined): readonly ReceiverKey[] {
  const named = [
    ["slack", receiver?.slack?.apiUrlKey],
    ["pagerduty", receiver?.pagerduty?.credentialKey],
    ["email", receiver?.email?.passwordKey],
    ["webhook", receiver?.webhook?.urlKey],
  ] as const;
  return named.flatMap(([kind, key]) => (key === undefined ? [] : [{ kind, key }]));
}

/** The keys of the receivers that belong to no team of `teams`. A key may occur several times. */
export function platformKeys({ alertmanager: { receivers, heartbeat } }: Notifying): readonly ReceiverKey[] {
  const beat = heartbeat === undefined ? [] : [{ kind: "heartbeat", key: heartbeat.urlKey } as const];
  return [...Object.values(receivers).flatMap(keysOfReceiver), ...beat];
}

/** The keys of all receivers. A key may occur several times. */
export function receiverKeys(environment: Notifying): readonly ReceiverKey[] {
  const ofTeams = Object.values(environment.teams ?? {}).flatMap(({ pager, chat }) => [pager, chat]);
  return [...platformKeys(environment), ...ofTeams.flatMap(keysOfReceiver)];
}

/** Keys of the Secret that Alertmanager reads. */
export function alertmanagerKeys(environment: Notifying): readonly string[] {
  return distinct(receiverKeys(environment));
}

/** The keys whose values are URLs. */
export function alertmanagerUrlKeys(environment: Notifying): readonly string[] {
  return distinct(receiverKeys(environment).filter(({ kind }) => ["slack", "webhook", "heartbeat"].includes(kind)));
}

function distinct(keys: readonly ReceiverKey[]): readonly string[] {
  return [...new Set(keys.map(({ key }) => key))];
}
