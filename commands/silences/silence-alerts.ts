import { setTimeout as sleep } from "node:timers/promises";
import type { Matcher } from "../../kit/notifications/label-matcher";
import type { Server } from "../verify/server";
import { expireSilence, firingAlerts, type HeldAlert, type NewSilence, postSilence, readSilence } from "./alertmanager";
import type { AlertServers } from "./reach-alertmanager";
import type { Scope } from "./scope";

/** The silences of planned work, and what they hold back already. */
export interface Silenced {
  readonly ids: readonly string[];
  /** Alerts that fire now, and that nothing silenced before. */
  readonly firing: readonly HeldAlert[];
  /** Alertmanagers that did not get the silences from the others in time. */
  readonly without: readonly string[];
  readonly members: number;
}

/** Seconds in which an Alertmanager must have a silence that another one got. */
export const gossipSeconds = 15;

/** Creates the silences of some scopes, and waits until every Alertmanager has them. */
export async function silenceAlerts(
  { alertmanager, members }: Pick<AlertServers, "alertmanager" | "members">,
  scopes: readonly Scope[],
  work: Omit<NewSilence, "matchers" | "id">,
  patienceSeconds = gossipSeconds,
): Promise<Silenced> {
  const silences = scopes.flatMap((scope) => scope.silences);
  const held = await firingAlerts(alertmanager, silences);
  const ids = await postAll(alertmanager, silences, work);
  const all = await members();
  const having = await Promise.all(
    all.map(async (member) => {
      for (const end = Date.now() + patienceSeconds * 1000; ; await sleep(500)) {
        const found = await Promise.all(ids.map((id) => readSilence(member, id))).catch(() => [undefined]);
        if (found.every((silence) => silence !== undefined)) return true;
        if (Date.now() > end) return false;
      }
    }),
  );
  return {
    ids,
    firing: held.filter(({ status }) => status.silencedBy.length === 0),
    without: all.filter((_, index) => !having[index]).map(({ name }) => name),
    members: all.length,
  };
}

/** Creates all silences or, if one is refused, none. */
async function postAll(
  server: Server,
  silences: readonly (readonly Matcher[])[],
  work: Omit<NewSilence, "matchers" | "id">,
): Promise<readonly string[]> {
  const ids: string[] = [];
  try {
    for (const matchers of silences) ids.push(await postSilence(server, { ...work, matchers }));
    return ids;
  } catch (error) {
    await Promise.allSettled(ids.map((id) => expireSilence(server, id)));
    throw error;
  }
}
