import type { Route } from "./alertmanager-configuration";
import { alternatives, parseMatcher } from "./label-matcher";

/** The values of a label that routes accept, a list for each matcher. Patterns whose values cannot be listed are left out. */
export function routedValues({ matchers = [], routes = [] }: Route, label: string): readonly (readonly string[])[] {
  const own = matchers
    .map(parseMatcher)
    .filter((one) => one.label === label)
    .flatMap((one) => {
      const values = alternatives(one);
      return values === undefined ? [] : [values];
    });
  return [...own, ...routes.flatMap((route) => routedValues(route, label))];
}
