import { environments } from "../../config/environments";
import type { Stack } from "../synthesized-stacks";
import { text } from "./document";
import { type Files, files } from "./files";
import { patches } from "./patches";

/** The environment that is rendered in full. */
const whole = "production";

const title = `A patch of ${whole}'s file: what differs besides the environment's own name`;

/** Every rendered file by its path: production in full, of the others what differs from it. */
export function renderedEnvironments(stacks: readonly Stack[]): ReadonlyMap<string, string> {
  const full = filesOf(whole, stacks);
  return new Map(
    environments.flatMap(({ name }) => {
      if (name === whole) return printed(name, full);
      // Where production names itself, another environment is meant to say its own name.
      const named = JSON.parse(JSON.stringify([...full]).replaceAll(new RegExp(`\\b${whole}\\b`, "g"), name));
      return printed(name, patches(new Map(named), filesOf(name, stacks)), title);
    }),
  );
}

function filesOf(environment: string, stacks: readonly Stack[]): Files {
  return new Map(stacks.filter(({ name }) => name.startsWith(`${environment}-`)).flatMap((stack) => [...files(stack)]));
}

function printed(environment: string, given: Files, title?: string): [string, string][] {
  return [...given].map(([path, documents]) => [`${environment}/${path}`, text(documents, title)]);
}
