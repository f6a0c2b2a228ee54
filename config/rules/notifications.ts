import type { Rule } from "../rule";
import { alertmanagerKeys } from "../secrets";

export const notifications: readonly Rule[] = [
  {
    at: "alertmanager.receivers.pager",
    reads: ["tier"],
    broken: ({ tier, alertmanager }) => tier === "staging" && alertmanager.receivers.pager !== undefined,
    rule: "must not stand in tier `staging`, which never pages",
    remedy: "leave it out: critical alerts then go to `chat`",
  },
  {
    at: "alertmanager.secret",
    reads: ["alertmanager.receivers", "alertmanager.heartbeat"],
    broken: ({ alertmanager }) => alertmanager.secret === undefined && alertmanagerKeys(alertmanager).length > 0,
    rule: "is required: receivers name keys, and it is the Secret that holds them",
    remedy: "name an existing Secret of the namespace `monitoring`, such as `alertmanager-receivers`",
  },
];
