import { relative } from "node:path";
import type { Fault } from "../faults";

/** @see https://nodejs.org/api/errors.html#module_not_found */
interface LoadingError extends Error {
  /** The chain of modules that led to the import of the missing one. */
  readonly requireStack?: readonly string[];
}

/** The reason why a file of settings could not be loaded, with the place of the mistake if the error contains it. */
export function loadingFault(error: unknown, folder: string): Fault {
  const { message, stack = "", requireStack } = error as LoadingError;
  const [, syntaxPlace, syntaxError] = /^(\S+?\.ts:\d+:\d+): ERROR: (.*)$/m.exec(message) ?? [];
  // Lines and columns refer to the compiled file and are left out.
  const frames = [...stack.matchAll(/(\/[^()\s]+):\d+:\d+\)?$/gm)].map(([, path = ""]) => path);
  const place = syntaxPlace ?? frames.find((path) => path.startsWith(`${folder}/`)) ?? requireStack?.[0];
  return {
    place: place === undefined ? "config/" : `config/${relative(folder, place)}`,
    rule: "must be a module that Node can load",
    value: syntaxError ?? message.split("\n")[0] ?? "",
    remedy: "correct it; `npm run check` shows the errors of the compiler",
  };
}
