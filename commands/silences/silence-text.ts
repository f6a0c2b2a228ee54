import type { Environment } from "../../settings/environment";
import { shellWord } from "../shell-word";
import { wrap } from "../wrap";
import { apiMatcher, type HeldAlert, matchersText, type Silence } from "./alertmanager";
import { type KnownAlert, matchedExtent } from "./known-alerts";
import { isHeartbeat, type Scope } from "./scope";
import { gossipSeconds, type Silenced } from "./silence-alerts";
import { timeText } from "./times";

const width = 118;

/** The alerts that the scopes silence, and those that stay loud. */
export function scopeText(scopes: readonly Scope[], alerts: readonly KnownAlert[], environment: Environment): string {
  const silences = scopes.flatMap((scope) => scope.silences);
  const extents = alerts.map((alert) => {
    const found = silences.map((matchers) => matchedExtent(alert, matchers));
    return found.includes("all") ? "all" : found.includes("some") ? "some" : "none";
  });
  const among = (extent: string) => alerts.filter((_, index) => extents[index] === extent);
  const loud = among("none").filter((alert) => !isHeartbeat(alert));
  const paging = loud.filter(({ labels }) => labels.severity === "critical");
  return [
    `Silenced in ${environment.name}: ${scopes.map(({ text }) => text).join(", ")}`,
    ...silences.map((matchers) => `  {${matchersText({ matchers: matchers.map(apiMatcher) })}}`),
    ...listed("These alerts notify nobody", among("all")),
    ...listed("These alerts notify nobody if their labels match", among("some")),
    ...(loud.length > 0 ? [`  Still loud: ${loud.length} other alerts, ${paging.length} of which page.`] : []),
    `  ${heartbeatText(environment)}`,
  ].join("\n");
}

function heartbeatText({ alertmanager: { heartbeat } }: Environment): string {
  if (!heartbeat) return "The heartbeat is never silenced.";
  return `The heartbeat is never silenced: the external service pages if the monitoring stops for longer than ${heartbeat.grace}.`;
}

function listed(title: string, alerts: readonly KnownAlert[]): string[] {
  if (alerts.length === 0) return [];
  const names = [...new Set(alerts.map((alert) => alert.title))];
  return [`  ${title} (${names.length}):`, ...wrap(names.join(", "), width - 4).map((line) => `    ${line}`)];
}

/** What was created: until when, by whom, what fires already, and how to end it. */
export function silencedText(
  { ids, firing, without, members }: Silenced,
  work: Pick<Silence, "createdBy" | "comment"> & { readonly endsAt: Date },
  environment: string,
): string {
  return [
    `Until:    ${timeText(work.endsAt)}`,
    `Because:  ${work.comment}`,
    `By:       ${work.createdBy}`,
    ...(firing.length > 0 ? [`These alerts fire already, and are silenced from now on: ${firingText(firing)}`] : []),
    ...(without.length > 0 ? [gossipWarning(without, members)] : []),
    `End it earlier:  ${endCommand(environment, ids)}`,
  ].join("\n");
}

function gossipWarning(without: readonly string[], members: number): string {
  return `WARNING: ${without.join(", ")} of ${members} Alertmanagers did not get the silence within ${gossipSeconds} s, and may still notify people. See docs/runbooks/AlertmanagerMembersMissing.md.`;
}

export function firingText(alerts: readonly HeldAlert[]): string {
  const names = alerts.map(({ labels }) => labels.alertname ?? "an alert without a name");
  const counts = [...new Set(names)].sort().map((name) => [name, names.filter((one) => one === name).length] as const);
  return counts.map(([name, count]) => (count > 1 ? `${name} (${count} times)` : name)).join(", ");
}

export function endCommand(environment: string, ids: readonly string[]): string {
  return `npm run silence -- ${shellWord(environment)} --end ${ids.join(" ")}`;
}

/** The silences of an environment, each with the command that ends it. */
export function listText(silences: readonly Silence[], environment: string): string {
  if (silences.length === 0) return `Nothing is silenced in ${environment}.`;
  return silences
    .map((silence) => {
      const { id, status, startsAt, endsAt, createdBy, comment } = silence;
      return [
        `${status.state === "pending" ? `From ${timeText(new Date(startsAt))} until` : "Until"} ${timeText(new Date(endsAt))}: ${comment}`,
        `  ${matchersText(silence)}`,
        `  by ${createdBy || "nobody"}`,
        `  ${endCommand(environment, [id])}`,
      ].join("\n");
    })
    .join("\n\n");
}
