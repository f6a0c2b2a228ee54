import { environments } from "../../config/environments";
import { production } from "../../config/production";
import type { Environment } from "../../settings/environment";
import type { Stack } from "../synthesized-stacks";
import { documentsText } from "./document";
import { type Files, files } from "./files";
import { patches } from "./patches";

const title = "A patch of production's file: what differs besides the environment's own name and its Grafana's address";

/** Every rendered file by its path: production in full, of the others what differs from it. */
export function renderedEnvironments(stacks: readonly Stack[]): ReadonlyMap<string, string> {
  const whole = filesOf(production, stacks);
  const patched = environments.filter(({ name }) => name !== production.name);
  return new Map([
    ...fileTexts(production, whole),
    ...patched.flatMap((other) =>
      fileTexts(other, patches(renameEnvironment(other, whole), filesOf(other, stacks)), title),
    ),
  ]);
}

function filesOf({ name }: Environment, stacks: readonly Stack[]): Files {
  const environmentStacks = stacks.filter((stack) => stack.name.replace(/-\w+$/, "") === name);
  return new Map(environmentStacks.flatMap((stack) => [...files(stack)]));
}

/** Where production says its own name or address, another environment is meant to say its own. */
function renameEnvironment({ name, grafana }: Environment, whole: Files): Files {
  const text = JSON.stringify([...whole]).replaceAll(new RegExp(`\\b${production.name}\\b`, "g"), name);
  if (production.grafana.mode === "off" || grafana.mode === "off") return new Map(JSON.parse(text));
  return new Map(JSON.parse(text.replaceAll(production.grafana.url, grafana.url)));
}

function fileTexts({ name }: Environment, given: Files, title?: string): [string, string][] {
  return [...given].map(([path, documents]) => [`${name}/${path}`, documentsText(documents, title)]);
}
