import { type Fault, mergeFaults, refuseAny } from "../faults";
import type { Environment } from "./environment";
import { fileOf } from "./environment-files";
import { name } from "./fields";
import { ruleFindings } from "./rule";
import { clusterSettings } from "./rules/cluster-settings";
import { databaseConnections } from "./rules/database-connections";
import { erpCommands } from "./rules/erp-commands";
import { localOnly } from "./rules/local-only";
import { muteTimes } from "./rules/mute-times";
import { notifications } from "./rules/notifications";
import { ownAddresses } from "./rules/own-addresses";
import { podFindings } from "./rules/pods";
import { productionTier } from "./rules/production-tier";
import { publicProbe } from "./rules/public-probe";
import { retention } from "./rules/retention";
import { sampling } from "./rules/sampling";
import { scaling } from "./rules/scaling";
import { secretLiterals } from "./rules/secret-literals";
import { sentryProjectRules } from "./rules/sentry-project";
import { storage } from "./rules/storage";
import { teamRules } from "./rules/team-rules";
import { timeoutOrder } from "./rules/timeout-order";
import { tracing } from "./rules/tracing";
import { trafficTokens } from "./rules/traffic-tokens";
import { twoPurposes } from "./rules/two-purposes";
import { uniqueValues } from "./rules/unique-values";
import { unseenCharacters } from "./rules/unseen-characters";
import { notMisspelt, schemaFindings } from "./schema-findings";
import { secretKind } from "./secret-kind";
import { type SettingFinding, settingFault, valueAt } from "./setting-finding";
import { uniqueValueFindings } from "./unique-value";

const rules = [
  ...productionTier,
  ...localOnly,
  ...notifications,
  ...timeoutOrder,
  ...databaseConnections,
  ...clusterSettings,
  ...publicProbe,
  ...trafficTokens,
  ...retention,
  ...erpCommands,
  ...muteTimes,
  ...ownAddresses,
  ...sampling,
  ...scaling,
  ...sentryProjectRules,
  ...storage,
  ...tracing,
  ...twoPurposes,
  ...teamRules,
];

/**
 * Checks environments from any source, JSON included, and returns them if they have no faults.
 * @throws {Faults} with the faults of all environments.
 */
export function validate(given: readonly unknown[]): readonly Environment[] {
  const candidates = given.map((one) => ({ given: one, findings: findingsOf(one) }));
  const shared = uniqueValueFindings(uniqueValues, candidates);
  const faults: Record<string, Fault[]> = {};
  for (const [index, { given, findings }] of candidates.entries()) {
    const [name, found] = settingFaults(given, index, [...findings, ...(shared[index] ?? [])]);
    faults[name] = [...(faults[name] ?? []), ...found];
  }
  refuseAny(mergeFaults(faults));
  // The schema only checks and never changes a value, so that the given value has the type of an environment.
  return given as readonly Environment[];
}

function findingsOf(given: unknown): SettingFinding[] {
  const wrong = firstOfEach([...secretLiterals(given), ...unseenCharacters(given), ...schemaFindings(given)]);
  const contradictions = [...ruleFindings(rules, given, wrong), ...podFindings(given, wrong)];
  return [...wrong, ...contradictions.filter(notMisspelt(wrong))];
}

/** The first finding of each setting: a value that breaks one rule often breaks others. */
function firstOfEach(findings: readonly SettingFinding[]): SettingFinding[] {
  const places = new Set<string>();
  return findings.filter(({ path }) => {
    const place = path.join(".");
    return !places.has(place) && places.add(place);
  });
}

/**
 * Faults of an environment. Its file is named after it. Without a valid name, it is the file from which the environment was
 * loaded, or the list of environments, with the index.
 */
function settingFaults(
  given: unknown,
  index: number,
  findings: readonly SettingFinding[],
): [environment: string, faults: Fault[]] {
  const file = fileOf(given);
  const { data } = name.safeParse(valueAt(given, ["name"]));
  return data !== undefined && !secretKind(data)
    ? [data, findings.map((finding) => settingFault(`config/${data}.ts`, finding))]
    : [
        "environments",
        findings.map((finding) =>
          file === undefined
            ? settingFault("config/environments.ts", { ...finding, path: [index, ...finding.path] })
            : settingFault(`config/${file}`, finding),
        ),
      ];
}
