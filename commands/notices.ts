import { httpProfile } from "../metrics/inventory";
import { receiverKeys } from "../settings/alertmanager-keys";
import type { Environment } from "../settings/environment";
import { placeholderNotices } from "./placeholders";

/** Notices about the current configuration of the environments. */
export function notices(environments: readonly Environment[]): string[] {
  const names = (some: readonly Environment[]) => some.map(({ name }) => name).join(", ");
  const promtail = environments.filter(({ logAgent }) => logAgent.kind === "promtail");
  const opsgenie = environments.filter((one) => receiverKeys(one).some(({ kind }) => kind === "opsgenie"));
  const own = environments.filter(({ erp }) => erp.identity.mode === "own");
  const profiles = new Set(environments.map(httpProfile));
  return [
    ...placeholderNotices(environments),
    ...(promtail.length > 0
      ? [
          `Promtail reached its end of life on 2026-03-02, and collects the logs of ${names(promtail)}. To use Alloy instead, set \`logAgent.kind\` to \`alloy\`.`,
        ]
      : []),
    ...(opsgenie.length > 0
      ? [
          `Atlassian ends the support of Opsgenie on 2027-04-05, the last day on which its API works. It notifies people about the alerts of ${names(opsgenie)}. To use Jira Service Management instead, set \`jiraServiceManagement\` in place of \`opsgenie\`, with the API key of an integration there.`,
        ]
      : []),
    ...(own.length > 0
      ? [
          `The image of the ERP authenticates its users by itself in ${names(own)}, because \`erp.identity.mode\` is \`own\`. This project does not check that it does, and has no alerts about rejected tokens there.`,
        ]
      : []),
    ...[...profiles].map((profile) => {
      const environmentsWithProfile = environments.filter((environment) => httpProfile(environment) === profile);
      return `Limits of the HTTP profile ${profile.name}, used by ${names(environmentsWithProfile)}: ${profile.gaps.join("; ")}.`;
    }),
  ];
}
