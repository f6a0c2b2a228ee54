import { inSeconds } from "../../kit/queries/duration";
import { alertmanagerKeys } from "../alertmanager-keys";
import type { Rule } from "../rule";

export const notifications: readonly Rule[] = [
  {
    at: "alertmanager.receivers.pager",
    reads: ["tier"],
    broken: ({ tier, alertmanager }) => tier === "staging" && alertmanager.receivers.pager !== undefined,
    rule: "must not be set in tier `staging`, which must not page",
    remedy: "remove it: critical alerts then go to `chat`",
  },
  {
    at: "alertmanager.receivers.chat",
    reads: ["tier"],
    broken: ({ tier, alertmanager }) => tier === "staging" && alertmanager.receivers.chat === undefined,
    rule: "is required in tier `staging`: without it nobody is notified",
    remedy: "add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  },
  {
    at: "alertmanager.heartbeat.repeatInterval",
    reads: ["alertmanager.heartbeat.grace"],
    broken: ({ alertmanager: { heartbeat } }) =>
      heartbeat !== undefined && 3 * inSeconds(heartbeat.repeatInterval) >= inSeconds(heartbeat.grace),
    rule: "must be less than a third of `grace`: otherwise two lost heartbeats would page, although the third one is sent",
    remedy: "lower it, or raise `grace` here and in the external service",
  },
  {
    at: "alertmanager.secret",
    reads: ["alertmanager.receivers", "alertmanager.heartbeat", "teams"],
    broken: (environment) => environment.alertmanager.secret === undefined && alertmanagerKeys(environment).length > 0,
    rule: "is required: receivers refer to keys, and this Secret contains them",
    remedy: "set the name of an existing Secret in the namespace `monitoring`, such as `alertmanager-receivers`",
  },
];
