import { MappingType, type Panel, type ValueMapping } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Fault } from "../../faults";
import { missingGroupsInJavaScript } from "../queries/replacement";

/** Faults of replacements that insert a group which their regular expression lacks: Grafana shows `$2` instead. */
export function checkReplacements({ transformations = [], fieldConfig }: Panel, place: string): Fault[] {
  const renamed = transformations.filter(({ id, disabled }) => id === "renameByRegex" && !disabled);
  const { defaults, overrides = [] } = fieldConfig ?? {};
  const overriding = overrides.flatMap(({ properties }) => properties.filter(({ id }) => id === "mappings"));
  const mappings = [...(defaults?.mappings ?? []), ...overriding.flatMap(({ value }) => value as ValueMapping[])];
  return [
    ...renamed.flatMap(({ options }) =>
      groupFaults(options?.regex, options?.renamePattern, `${place}: transformation "renameByRegex"`),
    ),
    ...mappings.flatMap((mapping) =>
      mapping.type === MappingType.RegexToText
        ? groupFaults(mapping.options.pattern, mapping.options.result.text, `${place}: value mapping`)
        : [],
    ),
  ];
}

function groupFaults(regex = "", replacement = "", place: string): Fault[] {
  return missingGroupsInJavaScript(regex, replacement).map((name) => ({
    place,
    rule: `inserts the group "${name}", which the regular expression lacks`,
    value: replacement,
    remedy: "insert a group that the regular expression has, as `$1`, and write `$$` for a dollar",
  }));
}
