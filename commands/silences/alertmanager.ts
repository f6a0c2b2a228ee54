import { type Labels, type Matcher, matches } from "../../kit/notifications/label-matcher";
import { type Server, ServerError } from "../verify/server";

/** A silence, as Alertmanager's API writes it. @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export interface Silence {
  readonly id: string;
  readonly status: { readonly state: "active" | "pending" | "expired" };
  readonly matchers: readonly ApiMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

interface ApiMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** Whether the matcher selects the alerts with the value, and not those without it. @default true */
  readonly isEqual?: boolean;
}

/** A silence that is created, or that replaces the one with its id. */
export interface NewSilence {
  readonly matchers: readonly Matcher[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly createdBy: string;
  readonly comment: string;
  /** Id of the silence that is replaced. @default a new silence is created */
  readonly id?: string;
}

/** An alert that Alertmanager holds. Only the fields that we read are listed. */
export interface HeldAlert {
  readonly labels: Labels;
  readonly status: { readonly silencedBy: readonly string[] };
}

const json = { "Content-Type": "application/json" };

/** Creates a silence. @returns its id */
export async function postSilence(server: Server, silence: NewSilence): Promise<string> {
  const { matchers, ...rest } = silence;
  const body = JSON.stringify({ ...rest, matchers: matchers.map(apiMatcher) });
  const answer = await server.text("/api/v2/silences", { method: "POST", headers: json, body });
  return JSON.parse(answer).silenceID;
}

/** The silence with this id; undefined if Alertmanager has none. */
export async function readSilence(server: Server, id: string): Promise<Silence | undefined> {
  try {
    return await server.get<Silence>(`/api/v2/silence/${encodeURIComponent(id)}`);
  } catch (error) {
    // Alertmanager refuses a text that is no UUID.
    if (error instanceof ServerError && [400, 404, 422].includes(error.status ?? 0)) return undefined;
    throw error;
  }
}

/** Silences that hold back notifications now or later, the first to end first. */
export async function listSilences(server: Server): Promise<readonly Silence[]> {
  const all = await server.get<readonly Silence[]>("/api/v2/silences");
  return all
    .filter(({ status }) => status.state !== "expired")
    .toSorted((one, other) => Date.parse(one.endsAt) - Date.parse(other.endsAt));
}

/** Ends a silence now. */
export async function expireSilence(server: Server, id: string): Promise<void> {
  await server.text(`/api/v2/silence/${id}`, { method: "DELETE" });
}

/** The alerts that fire now, with the silences that hold them back. */
export function heldAlerts(server: Server): Promise<readonly HeldAlert[]> {
  return server.get("/api/v2/alerts");
}

/** The alerts that fire now and that one of the silences matches. */
export async function firingAlerts(
  server: Server,
  silences: readonly (readonly Matcher[])[],
): Promise<readonly HeldAlert[]> {
  const alerts = await heldAlerts(server);
  return alerts.filter(({ labels }) => silences.some((all) => all.every((one) => matches(one)(labels))));
}

export function apiMatcher({ label, operator, value }: Matcher): ApiMatcher {
  return { name: label, value, isRegex: operator.endsWith("~"), isEqual: operator.startsWith("=") };
}

/** The matchers in Alertmanager's notation: `service="redis", severity!~"heartbeat|none"`. */
export function matchersText({ matchers }: Pick<Silence, "matchers">): string {
  return matchers.map((one) => `${one.name}${operatorOf(one)}${JSON.stringify(one.value)}`).join(", ");
}

function operatorOf({ isRegex, isEqual = true }: ApiMatcher): string {
  if (isRegex) return isEqual ? "=~" : "!~";
  return isEqual ? "=" : "!=";
}
