import { httpProfile } from "../metrics/inventory";
import type { Environment } from "../settings/environment";
import { placeholderNotices } from "./placeholders";

/** What somebody should know who keeps the environments as they are. */
export function notices(environments: readonly Environment[]): string[] {
  const names = (some: readonly Environment[]) => some.map(({ name }) => name).join(", ");
  const promtail = environments.filter(({ logAgent }) => logAgent.kind === "promtail");
  const profiles = new Set(environments.map(httpProfile));
  return [
    ...placeholderNotices(environments),
    ...(promtail.length > 0
      ? [`Promtail reached its end of life on 2026-03-02; it collects the logs of ${names(promtail)}.`]
      : []),
    ...[...profiles].map((profile) => {
      const environmentsWithProfile = environments.filter((environment) => httpProfile(environment) === profile);
      return `Of ${profile.name}, which names the HTTP metrics of ${names(environmentsWithProfile)}: ${profile.gaps.join("; ")}.`;
    }),
  ];
}
