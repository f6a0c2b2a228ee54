import type { Environment } from "./environment";
import type { Receiver } from "./receivers";

/** The settings that name receivers. */
type Notifying = Pick<Environment, "alertmanager" | "teams">;

/** The purposes of the values in the Secret that Alertmanager reads: the integration, or one of its credentials. */
type Kind = keyof Receiver | "bearerToken" | "heartbeat";

/** A key of the Secret that Alertmanager reads, with the purpose of its value. */
export interface ReceiverKey {
  readonly kind: Kind;
  readonly key: string;
}

/** The services that call the people on duty. */
const onCallServices: readonly Kind[] = ["pagerduty", "jiraServiceManagement", "opsgenie"];

/** The keys of one receiver, or of one that is not set. */
export function keysOfReceiver(receiver: Receiver | undefined): readonly ReceiverKey[] {
  const named = [
    ["slack", receiver?.slack?.apiUrlKey],
    ["msteams", receiver?.msteams?.webhookUrlKey],
    ["telegram", receiver?.telegram?.botTokenKey],
    ["pagerduty", receiver?.pagerduty?.credentialKey],
    ["jiraServiceManagement", receiver?.jiraServiceManagement?.credentialKey],
    ["opsgenie", receiver?.opsgenie?.credentialKey],
    ["email", receiver?.email?.passwordKey],
    ["webhook", receiver?.webhook?.urlKey],
    ["bearerToken", receiver?.webhook?.bearerTokenKey],
  ] as const;
  return named.flatMap(([kind, key]) => (key === undefined ? [] : [{ kind, key }]));
}

/** Whether a receiver uses a credential of an on-call service that another receiver uses: both reach the same people. */
export function shareOnCallService(one: Receiver | undefined, other: Receiver | undefined): boolean {
  const used = keysOfReceiver(other);
  return keysOfReceiver(one)
    .filter(({ kind }) => onCallServices.includes(kind))
    .some((own) => used.some(({ kind, key }) => kind === own.kind && key === own.key));
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
  return [...new Set(receiverKeys(environment).map(({ key }) => key))];
}
