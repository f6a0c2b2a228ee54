import { type Fault, refuseAny } from "../../faults";
import { expireSilence, heldAlerts, readSilence, type Silence } from "./alertmanager";
import type { Reach } from "./reach-alertmanager";
import { firingText } from "./silence-text";
import { timeText } from "./times";

/**
 * Ends silences now, and prints which alerts notify people from now on.
 * @throws {Faults} when an id is unknown; then nothing is ended.
 */
export function endSilences(reach: Reach, ids: readonly string[], environment: string): Promise<number> {
  return reach(async ({ alertmanager }) => {
    const found = await Promise.all(ids.map((id) => readSilence(alertmanager, id)));
    refuseAny(
      ids.filter((_, index) => found[index] === undefined).map((id) => unknownFault(id, environment)),
      "nothing was ended",
    );
    const silences = found.filter((one): one is Silence => one !== undefined);
    const ended = silences.filter(({ status }) => status.state === "expired");
    for (const { id, endsAt } of ended) console.log(`${id} ended already, at ${timeText(new Date(endsAt))}.`);
    const open = silences.filter((one) => !ended.includes(one));
    const held = await heldAlerts(alertmanager);
    for (const { id, comment } of open) {
      await expireSilence(alertmanager, id);
      console.log(`${id} is ended: ${comment}`);
    }
    const openIds = open.map(({ id }) => id);
    const loud = held.filter(
      ({ status: { silencedBy } }) => silencedBy.length > 0 && silencedBy.every((id) => openIds.includes(id)),
    );
    if (loud.length > 0) console.log(`These alerts still fire, and notify people from now on: ${firingText(loud)}`);
    return 0;
  });
}

function unknownFault(id: string, environment: string): Fault {
  return {
    place: "--end",
    value: id,
    rule: "must be the id of a silence",
    remedy: `\`npm run silence -- ${environment} --list\` prints the ids`,
  };
}
