import { isDeepStrictEqual } from "node:util";
import type { Stack } from "../read-stack";
import { stackName } from "../stack-name";
import type { FieldChange, FoundChange } from "./change";
import type { Fields } from "./deployed-objects";
import { fieldChanges } from "./field-changes";

/** Stacks of an environment that were removed, and stacks whose state moves: one change for all affected stacks. */
export function compareBackends(before: readonly Stack[], after: readonly Stack[]): FoundChange[] {
  const gone = before.filter(({ name }) => !after.some((stack) => stack.name === name));
  const moved = before.flatMap((stack) => {
    const successor = after.find(({ name }) => name === stack.name);
    const fields = successor ? backendChanges(stack, successor) : [];
    return fields.length > 0 ? [{ layer: layerOf(stack), fields }] : [];
  });
  return [
    ...stateChange("removed", gone.map(layerOf), [], "nothing will update or delete the objects that it deployed"),
    ...stateChange(
      "changed",
      moved.map(({ layer }) => layer),
      distinct(moved.flatMap(({ fields }) => fields)),
      "Terraform does not find the current state, and would create everything again",
    ),
  ];
}

function stateChange(
  what: FoundChange["what"],
  layers: readonly string[],
  fields: readonly FieldChange[],
  breaking: string,
): FoundChange[] {
  if (layers.length === 0) return [];
  const name = `state of the ${layers.length === 1 ? "stack" : "stacks"} ${layers.join(", ")}`;
  return [{ area: "state", what, name, fields, breaking }];
}

function backendChanges(before: Stack, after: Stack): FieldChange[] {
  const [one, other] = [backendOf(before), backendOf(after)];
  const [type, otherType] = [Object.keys(one).join(), Object.keys(other).join()];
  return type === otherType ? fieldChanges(one, other) : [{ field: "backend", before: type, after: otherType }];
}

/**
 * The backend, with `<stack>` in place of the stack's name at the end of a path, so that all stacks compare as equal.
 */
function backendOf(stack: Stack): Fields {
  const { backend } = stack.settings.terraform as { readonly backend: Fields };
  const end = new RegExp(`(?<=[/-])${layerOf(stack)}(?=(\\.tfstate)?$)`);
  return JSON.parse(JSON.stringify(backend), (_, value) =>
    typeof value === "string" ? value.replace(end, "<stack>") : value,
  );
}

function layerOf({ name }: Stack): string {
  return stackName(name).layer;
}

function distinct(fields: readonly FieldChange[]): FieldChange[] {
  return fields.filter((field, index) => fields.findIndex((one) => isDeepStrictEqual(one, field)) === index);
}
