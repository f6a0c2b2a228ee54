/**
 * A plan, as `terraform show -json <plan>` prints it. Only the fields that we read are listed.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
}

/**
 * The change of one resource in a plan. Only the fields that we read are listed.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Attributes | null;
    readonly after: Attributes | null;
  };
}

/**
 * The attributes of a Helm release or of a Kubernetes object in a plan: `metadata` is a list of one for Kubernetes
 * objects, and an object for releases. Only the fields that we read are listed.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface Attributes {
  readonly name?: string;
  readonly namespace?: string;
  readonly version?: string;
  readonly metadata?: unknown;
}

/**
 * One line with numbers, then one line for each change. Deletions come first, because they matter most to a reviewer.
 */
export function planSummary({ resource_changes = [] }: Plan): string {
  const changes = resource_changes.filter(({ change }) => kind(change.actions) !== undefined);
  if (changes.length === 0) return "no change";
  const count = (...actions: string[]) =>
    changes.filter(({ change }) => change.actions.some((action) => actions.includes(action))).length;
  const lines = changes
    .map((change) => ({ order: order.indexOf(kind(change.change.actions) ?? ""), line: lineOf(change) }))
    .sort((one, other) => one.order - other.order)
    .map(({ line }) => `  ${line}`);
  return [`+${count("create")} ~${count("update")} -${count("delete")}`, ...lines].join("\n");
}

const signs: Readonly<Record<string, string>> = {
  delete: "-   delete ",
  replace: "-/+ replace",
  forget: ".   forget ",
  update: "~   change ",
  create: "+   create ",
};
const order = Object.keys(signs);

function kind(actions: readonly string[]): string | undefined {
  if (actions.length > 1) return "replace";
  const [action = ""] = actions;
  return order.includes(action) ? action : undefined;
}

function lineOf({ address, type, change }: ResourceChange): string {
  return `${signs[kind(change.actions) ?? ""]} ${address}${type === "helm_release" ? chartVersions(change) : ""}`;
}

function chartVersions({ before, after }: ResourceChange["change"]): string {
  const [from, to] = [before?.version, after?.version];
  if (!from || !to || from === to) return from || to ? ` (chart ${to ?? from})` : "";
  return ` (chart ${from} -> ${to})`;
}
