import { relative } from "node:path";
import type { Fault } from "../faults";

/** @see https://nodejs.org/api/errors.html#module_not_found */
interface LoadingError extends Error {
  /** The modules that import each other up to the one that is missing. */
  readonly requireStack?: readonly string[];
}

/** Why a file of settings could not be loaded, with the place of the mistake where the error tells it. */
export function loadingFault(error: unknown, folder: string): Fault {
  const { message, stack = "", requireStack } = error as LoadingError;
  const [, syntaxPlace, syntaxError] = /^(\S+?\.ts:\d+:\d+): ERROR: (.*)$/m.exec(message) ?? [];
  // Lines and columns are those of the compiled file.
  const frames = [...stack.matchAll(/(\/[^()\s]+):\d+:\d+\)?$/gm)].map(([, path = ""]) => path);
  const place = syntaxPlace ?? frames.find((path) => path.startsWith(`${folder}/`)) ?? requireStack?.[0];
  return {
    place: place === undefined ? "config/" : `config/${relative(folder, place)}`,
    rule: "must be a module that Node can load",
    value: syntaxError ?? message.split("\n")[0] ?? "",
    remedy: "correct it; `npm run check` shows what the compiler finds",
  };
}
