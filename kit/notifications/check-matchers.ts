import type { Fault } from "../../faults";
import { re2Finding } from "../queries/regular-expression";
import type { AlertmanagerConfig, Route } from "./alertmanager-configuration";
import { isMatcher, parseMatcher } from "./label-matcher";

/** Faults of matchers that Alertmanager cannot read. */
export function checkMatchers({ route, inhibit_rules }: AlertmanagerConfig): Fault[] {
  const inhibiting = inhibit_rules.flatMap(({ source_matchers, target_matchers }) => [
    ...source_matchers,
    ...target_matchers,
  ]);
  return [
    ...matchersOf(route).flatMap((text) => checkMatcher(text, "alertmanager: route")),
    ...inhibiting.flatMap((text) => checkMatcher(text, "alertmanager: inhibition")),
  ];
}

function matchersOf({ matchers = [], routes = [] }: Route): readonly string[] {
  return [...matchers, ...routes.flatMap(matchersOf)];
}

function checkMatcher(value: string, place: string): Fault[] {
  if (!isMatcher(value)) {
    const rule = "must have matchers of the form label, operator, value in quotes";
    return [{ place, rule, value, remedy: 'write it such as severity="critical"' }];
  }
  const { operator, value: pattern } = parseMatcher(value);
  const finding = operator.endsWith("~") ? re2Finding(pattern) : undefined;
  return finding ? [{ place, value, ...finding }] : [];
}
