import { type Area, areas, type Change } from "../comparison/change";
import { type MergedChange, mergeEnvironments } from "../comparison/merge-environments";
import { fieldPhrases } from "./phrases";

/** What a reviewer reads about one change, or about several that have the same effect. */
export interface ReviewLine {
  readonly area: Area;
  readonly what: Change["what"];
  /** The changed things with their environments, and what changes, in one line. */
  readonly text: string;
  /** Fields of the change that do not fit into the line. */
  readonly details: readonly string[];
  /** Whether the change loses data, or Terraform or the cluster rejects it. */
  readonly breaking: boolean;
  /** Addresses of the change logs of new versions. */
  readonly changeLogs: readonly string[];
  /** The changes that the line describes. */
  readonly changes: readonly MergedChange[];
}

export interface ReviewScope {
  /** Names of all environments, in the order in which they are named. */
  readonly environments: readonly string[];
  /** Number of things that a line names, and of fields of a change. Of the others, only the number is stated. */
  readonly most: number;
}

/** The changes as lines: breaking ones first, then in the order of the areas. The same change of several things is one line. */
export function reviewLines(changes: readonly Change[], scope: ReviewScope): readonly ReviewLine[] {
  const groups = new Map<string, MergedChange[]>();
  for (const merged of mergeEnvironments(changes)) {
    const key = groupKey(merged.change);
    groups.set(key, [...(groups.get(key) ?? []), merged]);
  }
  const lines = [...groups.values()].map((group) => lineOf(group, scope));
  const rank = ({ breaking, area }: ReviewLine) => areas.indexOf(area) - (breaking ? areas.length : 0);
  return lines.toSorted((one, other) => rank(one) - rank(other));
}

/** Changes with the same key have the same effect on different things. */
function groupKey(change: Change): string {
  const { area, what, name, breaking, summary } = change;
  if (isWholeObject(change)) return JSON.stringify([what]);
  // Each new alert or environment has a text of its own.
  const own = area === "environment" || (what === "added" && summary !== undefined) ? name : undefined;
  return JSON.stringify([area, what, breaking, summary, own, fieldPhrases(change)]);
}

const objectAreas = new Set<Area>(["permissions", "network", "resources"]);

/** Whether an object without data was added or removed as a whole. */
function isWholeObject({ area, what, breaking }: Change): boolean {
  return objectAreas.has(area) && what !== "changed" && breaking === undefined;
}

function lineOf(group: readonly MergedChange[], scope: ReviewScope): ReviewLine {
  const [{ change }] = group as [MergedChange];
  const { area, what, breaking, fields } = change;
  const phrases = fieldPhrases(change);
  if (area === "environment" && what === "added") return newEnvironment(group);
  const isShort = breaking === undefined && (phrases.length <= 1 || phrases.join(", ").length <= lineLength);
  const changeLogs = fields.flatMap(({ changeLog }) => changeLog ?? []);
  return {
    area,
    what,
    breaking: breaking !== undefined,
    text: sentence(group, isShort ? phrases.join(", ") : "", scope),
    details: isShort ? [] : shortList(phrases, scope.most, "fields"),
    changeLogs: [...new Set(changeLogs)],
    changes: group,
  };
}

/** A new environment, with a line for each fact about it. */
function newEnvironment(changes: readonly MergedChange[]): ReviewLine {
  const [{ change, environments }] = changes as [MergedChange];
  return {
    area: change.area,
    what: change.what,
    breaking: false,
    text: `Environment ${environments.join(", ")} is new`,
    details: change.summary?.split("; ") ?? [],
    changeLogs: [],
    changes,
  };
}

/** Number of characters of several fields that are printed in the line of their change. */
const lineLength = 160;

function sentence(group: readonly MergedChange[], body: string, scope: ReviewScope): string {
  const [{ change, environments }] = group as [MergedChange];
  const { area, what, breaking, summary } = change;
  if (area === "environment") return `Environment ${environments.join(", ")}: ${change.name}: ${summary}; ${breaking}`;
  const places = placesOf(group, scope);
  const end = body === "" && change.fields.length > 0 && breaking === undefined ? "" : effect(change, body);
  if (isWholeObject(change)) return `${what === "added" ? "New" : "Removed"}: ${places.map(placeText).join("; ")}`;
  const about = summary !== undefined && what === "changed" ? ` (${summary})` : "";
  const [place] = places;
  if (places.length > 1 || breaking !== undefined || end === "" || place === undefined) {
    return [places.map(placeText).join("; "), ...(end === "" ? [] : [`${end}${about}`])].join(": ");
  }
  if (end.startsWith(isOff)) return `${place.things} ${isOff} in ${place.environments}${end.slice(isOff.length)}`;
  const glue = glued.has(area) || what !== "changed" ? " " : ": ";
  return `${place.things}${glue}${end}${about} in ${place.environments}`;
}

/** The start of the effect on an alert that the environment no longer has. */
const isOff = "is switched off";

/** Areas whose phrases follow their subject without a colon, because they begin with a verb or a version. */
const glued = new Set<Area>(["keep-lists", "secrets", "network"]);

/** What happens to the things of a change. */
function effect({ area, what, summary, breaking }: Change, body: string): string {
  if (breaking !== undefined) return breaking;
  if (what === "changed") return body;
  const verb = verbs[area]?.[what] ?? (what === "added" ? "is new" : "is removed");
  if (summary === undefined || area === "secrets") return verb;
  return `is ${summary}`.startsWith(isOff) ? `is ${summary}` : `${verb}: ${summary}`;
}

const verbs: Partial<Record<Area, Record<"added" | "removed", string>>> = {
  "keep-lists": { added: "is scraped", removed: "is no longer scraped" },
  secrets: { added: "must be created before the deployment", removed: "is no longer read" },
};

/** Things that share an effect in the same environments. */
interface Place {
  readonly things: string;
  readonly environments: string;
}

function placesOf(group: readonly MergedChange[], scope: ReviewScope): Place[] {
  const byEnvironments = new Map<string, Change[]>();
  for (const { change, environments } of group) {
    const key = environmentsText(environments, scope.environments);
    byEnvironments.set(key, [...(byEnvironments.get(key) ?? []), change]);
  }
  return [...byEnvironments].map(([environments, changes]) => ({
    things: shortList(withoutRepeatedKinds(changes.map(thing)), scope.most, "more").join(", "),
    environments,
  }));
}

function placeText({ things, environments }: Place): string {
  return `${things} in ${environments}`;
}

/** Number of environments up to which all of them are named. */
const named = 3;

function environmentsText(own: readonly string[], all: readonly string[]): string {
  if (own.length === all.length && all.length > named) return `all ${all.length} environments`;
  return own.toSorted((one, other) => all.indexOf(one) - all.indexOf(other)).join(", ");
}

function thing({ area, name, label = name, fields }: Change): string {
  if (area === "dashboards") return `Dashboard ${label}`;
  if (area === "secrets") return `Secret ${label}`;
  if (area === "versions" && fields.some(({ field }) => field === "version"))
    return name.replace(/^Helm release/, "Chart");
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

/** Names without the kind that the name before has too: `Deployment erp/a`, `erp/b`. */
function withoutRepeatedKinds(names: readonly string[]): string[] {
  const kindOf = (name: string | undefined) =>
    /^([A-Z]\w+|Helm release) (?=[\w.-]+(\/[\w.-]+)?$)/.exec(name ?? "")?.[0];
  return names.map((name, index) => {
    const kind = kindOf(name);
    return kind !== undefined && kind === kindOf(names[index - 1]) ? name.slice(kind.length) : name;
  });
}

function shortList(items: readonly string[], most: number, rest: string): string[] {
  if (items.length <= most) return [...items];
  return [...items.slice(0, most), `${items.length - most} ${rest === "more" ? "more" : `more ${rest}`}`];
}
