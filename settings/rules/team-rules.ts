import { keysOfReceiver, receiverKeys, shareOnCallService } from "../alertmanager-keys";
import type { Environment } from "../environment";
import { namedNamespaces, ownNamespaces } from "../own-namespaces";
import type { Rule } from "../rule";
import type { Team } from "../teams";

/** Rules on `teams`: those of the tiers for receivers hold for every team, and each thing belongs to at most one. */
export const teamRules: readonly Rule[] = [
  {
    at: "teams",
    reads: ["tier"],
    broken: (environment) =>
      teamsIn(environment, ({ chat }) => environment.tier !== "local" && chat === undefined, "chat"),
    rule: "is required outside tier `local`: warnings must reach the team",
    remedy: "add a receiver, such as { slack: { channel: …, apiUrlKey: … } }",
  },
  {
    at: "teams",
    reads: ["tier"],
    broken: (environment) =>
      teamsIn(environment, ({ pager }) => environment.tier === "staging" && pager !== undefined, "pager"),
    rule: "must not be set in tier `staging`, which must not page",
    remedy: "remove it: critical alerts then go to `chat`",
  },
  {
    at: "teams",
    reads: ["tracing"],
    broken: (environment) => {
      const ours: readonly string[] = ownNamespaces(environment);
      return teamsIn(environment, ({ namespaces: own = [] }) => own.some((one) => ours.includes(one)), "namespaces");
    },
    rule: (environment) =>
      `must not contain a namespace that the stacks create (${namedNamespaces(environment)}): their workloads belong to the platform`,
    remedy: "remove it. `services` gives the alerts about the ERP and its servers to a team",
  },
  {
    at: "teams",
    broken: (environment) => sharedItems(environment, "namespaces"),
    rule: "must not contain a namespace of another team: each namespace belongs to one team",
    remedy: "leave it with the team that is notified of its alerts",
  },
  {
    at: "teams",
    broken: (environment) => sharedItems(environment, "services"),
    rule: "must not contain a service of another team: each service belongs to one team",
    remedy: "leave it with the team that is notified of its alerts",
  },
  {
    at: "teams",
    reads: ["alertmanager.receivers", "alertmanager.heartbeat"],
    broken: (environment) => {
      const all = receiverKeys(environment);
      const isTwofold = (team: Team) =>
        keysOf(team).some((own) => all.some(({ kind, key }) => key === own.key && kind !== own.kind));
      return teamsIn(environment, isTwofold);
    },
    rule: "must not use one key of `alertmanager.secret` for two kinds of receivers: a key has one value, such as the URL of a webhook or a password",
    remedy: "use a key of its own for each kind of receiver and for the heartbeat",
  },
  {
    at: "teams",
    reads: ["alertmanager.receivers.pager"],
    broken: (environment) =>
      teamsIn(
        environment,
        ({ chat }) => pagersOf(environment).some((pager) => shareOnCallService(chat, pager)),
        "chat",
      ),
    rule: "must not use the key of a `pager` for an on-call service: warnings would page",
    remedy: "use the key of a service or integration with low urgency, or another kind of receiver",
  },
  {
    at: "alertmanager.receivers.chat",
    reads: ["teams"],
    broken: ({ alertmanager: { receivers }, teams = {} }) =>
      Object.values(teams).some(({ pager }) => shareOnCallService(receivers.chat, pager)),
    rule: "must not use the key of a team's `pager` for an on-call service: warnings would page this team",
    remedy: "use the key of a service or integration with low urgency, or another kind of receiver",
  },
];

/** The teams for which the condition holds, or a setting of them, as paths below `teams`. */
function teamsIn(
  { teams = {} }: Environment,
  condition: (team: Team) => boolean,
  setting?: keyof Team,
): readonly string[] {
  const found = Object.entries(teams).filter(([, team]) => condition(team));
  return found.map(([name]) => (setting === undefined ? name : `${name}.${setting}`));
}

/** The lists that contain an entry of an earlier team, as paths below `teams`. */
function sharedItems({ teams = {} }: Environment, list: "namespaces" | "services"): readonly string[] {
  const taken = new Set<string>();
  return Object.entries(teams).flatMap(([name, team]) => {
    const own = team[list] ?? [];
    const isShared = own.some((one) => taken.has(one));
    for (const one of own) taken.add(one);
    return isShared ? [`${name}.${list}`] : [];
  });
}

function keysOf({ pager, chat }: Team) {
  return [pager, chat].flatMap(keysOfReceiver);
}

function pagersOf({ alertmanager, teams = {} }: Environment): readonly Team["pager"][] {
  return [alertmanager.receivers.pager, ...Object.values(teams).map(({ pager }) => pager)];
}
