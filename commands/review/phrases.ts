import type { Area, Change, FieldChange } from "../comparison/change";

/** The changed fields in a few words each: `limit 20 % → 25 %`. Fields of the same panel are one phrase. */
export function fieldPhrases({ area, fields }: Pick<Change, "area" | "fields">): readonly string[] {
  const found = [...new Set(fields.map((field) => phrases[area]?.(field) ?? generalPhrase(field)))];
  const merged: string[] = [];
  for (const phrase of found) {
    const [start] = /^panel ".*": /s.exec(phrase) ?? [];
    const last = merged.at(-1);
    if (start !== undefined && last?.startsWith(start)) merged.splice(-1, 1, `${last}, ${phrase.slice(start.length)}`);
    else merged.push(phrase);
  }
  return merged;
}

/** Phrases of the areas whose fields have a meaning of their own. Undefined if the general phrase is good enough. */
const phrases: Partial<Record<Area, (change: FieldChange) => string | undefined>> = {
  alerts: ({ field, before, after }) =>
    texts.has(field) && isText(before) && isText(after) ? `${field} ${differingParts(before, after)}` : undefined,
  notifications: ({ field, before, after }) => {
    if (field === "notified") return `sent to ${after} instead of ${before}`;
    if (field === "kinds" && isList(before) && isList(after)) return `${before.join(", ")} → ${after.join(", ")}`;
    const [, kind, setting] = /^(\w+)_configs\[\d+\]\.(.+)$/.exec(field) ?? [];
    return kind && setting ? generalPhrase({ field: `${kind} ${setting}`, before, after }) : undefined;
  },
  dashboards: panelPhrase,
  "keep-lists": ({ before, after }) => {
    if (!isList(before)) return isList(after) ? `keeps ${after.length} metrics instead of all` : undefined;
    if (!isList(after)) return `keeps all metrics instead of ${before.length}`;
    return listPhrase(before, after, "also keeps", "no longer keeps");
  },
  secrets: ({ before, after }) =>
    isList(before) && isList(after)
      ? listPhrase(before, after, "needs the key", "no longer needs the key")
      : `is now ${after}, which must be created before the deployment`,
  versions: ({ field, before, after }) => {
    if (!isText(before) || !isText(after)) return undefined;
    return field.startsWith("image of ") ? `image ${imagePhrase(before, after)}` : undefined;
  },
  permissions: ({ field, before, after }) =>
    field === "permits" && isList(before) && isList(after)
      ? listPhrase(before, after, "may", "may no longer")
      : undefined,
  network: ({ field, before, after }) => {
    if (!isList(before) || !isList(after)) return undefined;
    if (field === "admits" || field === "publishes") return listPhrase(before, after, field, `no longer ${field}`);
    return field === "may connect to" ? listPhrase(before, after, field, "may no longer connect to") : undefined;
  },
};

const texts = new Set(["expression", "summary", "description"]);

function panelPhrase({ field, before, after }: FieldChange): string | undefined {
  const [, panel, part] = /^(panel ".*")(?:\.(\w+))?$/s.exec(field) ?? [];
  if (panel === undefined) return undefined;
  if (part === undefined) return `${panel} ${before === undefined ? "is new" : "is removed"}`;
  const [one, other] = [before, after].map((queries) =>
    isList(queries) && queries.length === 1 ? queries[0] : undefined,
  );
  if (part === "queries" && isText(one) && isText(other)) return `${panel}: query ${differingParts(one, other)}`;
  return before === null || part === "queries" ? `${panel}: ${part} changed` : `${panel}: ${part} ${before} → ${after}`;
}

/** Keys of a path that tell a reader nothing, because every chart or workload has them. */
const noise = new Set([
  "alertmanagerSpec",
  "prometheusSpec",
  "requests",
  "resources",
  "spec",
  "storageSpec",
  "template",
  "values",
  "volumeClaimTemplate",
  "volume_claim_template",
]);

function generalPhrase({ field, before, after }: FieldChange): string {
  const path = pathText(field);
  if (before === null && after === null) return `${path} changed`;
  if (isList(before) && isList(after)) return `${path} ${listPhrase(before, after, "+", "−")}`;
  if (before === undefined) return isPlain(after) ? `${path} ${after} is new` : `${path} is new`;
  if (after === undefined) return isPlain(before) ? `${path} ${before} is removed` : `${path} is removed`;
  if (!isPlain(before) || !isPlain(after)) return `${path} changed`;
  return `${path} ${differingParts(String(before), String(after))}`;
}

/** The path in the names of Kubernetes: Terraform's provider writes `automount_service_account_token`. */
function pathText(field: string): string {
  if (!/^[\w.[\]/-]+$/.test(field)) return field;
  const keys = field.split(".");
  const telling = keys.filter((key) => !noise.has(key.replace(/\[\d+\]$/, "")));
  const named = (telling.length > 0 ? telling : keys).filter((key, index, all) => key !== all[index - 1]);
  return named.join(".").replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function listPhrase(before: readonly unknown[], after: readonly unknown[], added: string, removed: string): string {
  const only = (list: readonly unknown[], other: readonly unknown[]) => list.filter((item) => !other.includes(item));
  const parts = [
    [added, only(after, before)],
    [removed, only(before, after)],
  ] as const;
  const found = parts.flatMap(([verb, items]) => (items.length > 0 ? [`${verb} ${items.join(", ")}`] : []));
  return found.join(", ") || "in another order";
}

/** Only the tag, if the image is the same. */
function imagePhrase(before: string, after: string): string {
  const [[name, tag], [other, otherTag]] = [before, after].map((image) => image.split(/:(?=[^/]*$)/)) as [
    string[],
    string[],
  ];
  return name === other ? `${name} ${tag} → ${otherTag}` : `${before} → ${after}`;
}

/** Number of characters up to which a value is printed as a whole. */
const short = 40;
/** Number of characters around the difference of two longer texts. */
const around = 20;

/** The parts in which two texts differ, with a few characters around them. Short texts are printed as a whole. */
function differingParts(...texts: readonly [before: string, after: string]): string {
  const [before, after] = texts.map((text) => text.replace(/\s+/g, " ")) as [string, string];
  if (before.length <= short && after.length <= short) return `${before} → ${after}`;
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start++;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return `${partOf(before, start, end)} → ${partOf(after, start, end)}`;
}

/**
 * The text without most of its start and of its end. Words around the difference are not cut.
 * @param start number of characters before the difference
 * @param end number of characters after it
 */
function partOf(text: string, start: number, end: number): string {
  const last = text.length - end;
  const [from, to] = [Math.max(0, start - around), Math.min(text.length, last + around)];
  const [lead, tail] = [text.slice(from, start), text.slice(last, to)];
  return [
    from > 0 ? `…${lead.replace(/^\w+(?=\W)/, "")}` : lead,
    shorten(text.slice(start, last)),
    to < text.length ? `${tail.replace(/(?<=\W)\w+$/, "")}…` : tail,
  ].join("");
}

/** Number of characters after which the difference itself is cut. `rendered/` has the whole text. */
const longest = 120;

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isList(value: unknown): value is readonly (string | number)[] {
  return Array.isArray(value) && value.every((item) => typeof item !== "object");
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object";
}
