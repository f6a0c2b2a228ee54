import type { Fields } from "./deployed-objects";

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/role_v1 */
interface Rule {
  readonly api_groups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resource_names?: readonly string[];
  readonly non_resource_urls?: readonly string[];
  readonly verbs?: readonly string[];
}

/** A Role as the list of what it permits: `get pods`, `watch deployments.apps`. */
export function rolePermissions({ rule: rules = [], ...content }: Fields): Fields {
  return { ...content, permits: (rules as readonly Rule[]).flatMap(ruleTexts).sort() };
}

function ruleTexts({ api_groups: groups = [""], resources = [], resource_names, non_resource_urls, verbs = [] }: Rule) {
  const named = resource_names?.length ? ` named ${resource_names.join(" or ")}` : "";
  const things = [
    ...resources.flatMap((resource) => groups.map((group) => `${resource}${group === "" ? "" : `.${group}`}${named}`)),
    ...(non_resource_urls ?? []),
  ];
  return verbs.flatMap((verb) => things.map((thing) => `${verb} ${thing}`));
}
