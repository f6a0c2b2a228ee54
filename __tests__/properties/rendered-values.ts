import { parseStack, type Resource } from "../../commands/read-stack";
import { documentsText } from "../../commands/rendering/document";
import { files } from "../../commands/rendering/files";
import { manifest } from "../../commands/rendering/manifest";
import type { Environment } from "../../settings/environment";
import type { Signals } from "../../signals";
import { stacksOf } from "./deployed-output";

/** Renders an environment, and returns the values of its workloads that the rendered manifests do not show. */
export function unrenderedValues(environment: Environment, content: Signals): readonly string[] {
  const { name } = environment;
  const names = [`${name}-base`, `${name}-monitoring`, `${name}-erp`, `sentry-${name}`];
  const stacks = stacksOf(environment, content).map((stack, index) =>
    parseStack(names[index] ?? "", JSON.stringify(stack)),
  );
  for (const stack of stacks) for (const documents of files(stack).values()) documentsText(documents);
  return stacks.flatMap(({ resources }) => resources.filter(({ type }) => workloads.test(type)).flatMap(unshown));
}

const workloads = /^kubernetes_(deployment|job|service_account)_v1$/;

function unshown(resource: Resource): readonly string[] {
  const shown = countValues(manifest(resource));
  return [...countValues(resource.arguments)]
    .filter(([value, times]) => times > (shown.get(value) ?? 0))
    .map(([value]) => `${resource.id} has the value ${value}, which no rendered manifest shows`);
}

/** How often each text, number and truth value occurs, at any depth. */
function countValues(value: unknown, counts = new Map<string, number>()): ReadonlyMap<string, number> {
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) countValues(inner, counts);
  else counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return counts;
}
