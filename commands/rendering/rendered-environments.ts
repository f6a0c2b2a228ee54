import type { Environment } from "../../config/environment";
import { environments } from "../../config/environments";
import { production } from "../../config/production";
import type { Stack } from "../synthesized-stacks";
import { text } from "./document";
import { type Files, files } from "./files";
import { patches } from "./patches";

const title = "A patch of production's file: what differs besides the environment's own name and its Grafana's address";

/** Every rendered file by its path: production in full, of the others what differs from it. */
export function renderedEnvironments(stacks: readonly Stack[]): ReadonlyMap<string, string> {
  const whole = filesOf(production, stacks);
  const patched = environments.filter(({ name }) => name !== production.name);
  return new Map([
    ...printed(production, whole),
    ...patched.flatMap((other) => printed(other, patches(asOf(other, whole), filesOf(other, stacks)), title)),
  ]);
}

function filesOf({ name }: Environment, stacks: readonly Stack[]): Files {
  const own = stacks.filter((stack) => stack.name.replace(/-\w+$/, "") === name);
  return new Map(own.flatMap((stack) => [...files(stack)]));
}

/** Where production says its own name or address, another environment is meant to say its own. */
function asOf({ name, grafana }: Environment, whole: Files): Files {
  const own = JSON.stringify([...whole]).replaceAll(new RegExp(`\\b${production.name}\\b`, "g"), name);
  if (production.grafana.mode === "off" || grafana.mode === "off") return new Map(JSON.parse(own));
  return new Map(JSON.parse(own.replaceAll(production.grafana.url, grafana.url)));
}

function printed({ name }: Environment, given: Files, title?: string): [string, string][] {
  return [...given].map(([path, documents]) => [`${name}/${path}`, text(documents, title)]);
}
