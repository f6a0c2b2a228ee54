import { inSeconds } from "../../kit/queries/duration";
import { alertmanagerKeys } from "../alertmanager-keys";
import type { Rule } from "../rule";

export const notifications: readonly Rule[] = [
  {
    at: "alertmanager.receivers.pager",
    reads: ["tier"],
    broken: ({ tier, alertmanager }) => tier === "staging" && alertmanager.receivers.pager !== undefined,
    rule: "must not stand in tier `staging`, which never pages",
    remedy: "leave it out: critical alerts then go to `chat`",
  },
  {
    at: "alertmanager.receivers.chat",
    reads: ["tier"],
    broken: ({ tier, alertmanager }) => tier === "staging" && alertmanager.receivers.chat === undefined,
    rule: "is required in tier `staging`: without it nobody is told anything",
    remedy: "add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  },
  {
    at: "alertmanager.heartbeat.repeatInterval",
    reads: ["alertmanager.heartbeat.grace"],
    broken: ({ alertmanager: { heartbeat } }) =>
      heartbeat !== undefined && inSeconds(heartbeat.repeatInterval) > inSeconds(heartbeat.grace) / 2,
    rule: "must be at most half of `grace`: one beat that gets lost would page",
    remedy: "repeat it more often, or let the other side wait longer",
  },
  {
    at: "alertmanager.secret",
    reads: ["alertmanager.receivers", "alertmanager.heartbeat"],
    broken: ({ alertmanager }) => alertmanager.secret === undefined && alertmanagerKeys(alertmanager).length > 0,
    rule: "is required: receivers name keys, and it is the Secret that holds them",
    remedy: "name an existing Secret of the namespace `monitoring`, such as `alertmanager-receivers`",
  },
];
