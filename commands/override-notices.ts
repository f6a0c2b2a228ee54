import { overridePlace } from "../kit/alerts/check-overrides";
import { lateText } from "../kit/alerts/override-summary";
import { isPast } from "../kit/alerts/overrides";
import type { Environment } from "../settings/environment";
import type { Signals } from "../signals";

type Overrides = ReadonlyMap<Pick<Environment, "name">, Pick<Signals, "overrides">>;

/**
 * A notice for each environment that switches alerts off, for each one in which alerts may be inhibited too late, and for
 * each override that has ended.
 */
export function overrideNotices(synthesized: Overrides, today: Date): string[] {
  const off = [...synthesized].flatMap(([{ name }, { overrides }]) => {
    const found = overrides.filter(({ changes }) => changes === "off");
    if (found.length === 0) return [];
    return [
      [
        `${name} switches off alerts of the product. rendered/${name}/alerts.md lists what follows for other alerts:`,
        ...found.map(({ title, because }) => `  ${title}, because ${because}`),
      ].join("\n"),
    ];
  });
  const late = [...synthesized].flatMap(([{ name }, { overrides }]) => {
    // Overrides of both alerts list the same pair.
    const pairs = new Set(overrides.flatMap((one) => one.late.map((pair) => lateText([pair]))));
    if (pairs.size === 0) return [];
    return `With the overrides of ${name}, alerts can notify before the alert that inhibits them fires: ${[...pairs].join(", ")}. An alert is inhibited in time if \`for\` of the alert that inhibits it is not longer than its own.`;
  });
  const past = pastOverrides(synthesized, today).map(
    ({ place, until }) =>
      `The last day of an override was ${until}, and the override still has effect. Remove ${place}, or change its \`until\`.`,
  );
  return [...off, ...late, ...past];
}

interface PastOverride {
  /** File and path of the override. */
  readonly place: string;
  /** The last day of the override. */
  readonly until: string;
}

/** The overrides whose last day is over. They have effect until somebody removes them. */
export function pastOverrides(synthesized: Overrides, today: Date): PastOverride[] {
  const day = today.toISOString().slice(0, 10);
  return [...synthesized].flatMap(([{ name }, { overrides }]) => {
    // One override may change several alerts with the same name.
    const past = new Map(overrides.filter((one) => isPast(one, day)).map(({ key, until = "" }) => [key, until]));
    return [...past].map(([key, until]) => ({ place: overridePlace(`config/${name}.ts: alerts`, key), until }));
  });
}
