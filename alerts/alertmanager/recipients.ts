import type { Environment } from "../../settings/environment";

/** The kinds of receivers that a team can have. */
export type Recipient = "pager" | "chat";

/** The receivers of a team, by their names. */
export interface Recipients {
  /** The receiver that is paged. @default nobody is paged */
  readonly pager?: string;
  readonly chat: string;
}

/** Name of a team's receiver. */
export function receiverName(team: string, kind: Recipient): string {
  return `${team}-${kind}`;
}

/** The receivers of the team `platform`, from which a team has those that it does not set. */
export function platformRecipients({ receivers }: Environment["alertmanager"]): Recipients {
  return { ...(receivers.pager && { pager: "pager" }), chat: receivers.chat ? "chat" : "nobody" };
}

/** The receivers that are notified of the alerts of a team. */
export function teamRecipients(
  name: string,
  { pager, chat }: NonNullable<Environment["teams"]>[string],
  platform: Recipients,
): Recipients {
  return {
    ...platform,
    ...(pager && { pager: receiverName(name, "pager") }),
    ...(chat && { chat: receiverName(name, "chat") }),
  };
}
