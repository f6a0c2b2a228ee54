import { join, relative } from "node:path";
import type { Fault } from "../faults";

/** @see https://nodejs.org/api/errors.html#module_not_found */
interface LoadingError extends Error {
  /** The chain of modules that led to the import of the missing one. */
  readonly requireStack?: readonly string[];
}

/**
 * The reason why a source file could not be loaded, with the place of the mistake if the error contains it.
 * @param folder folder of the source files
 * @param name how places name this folder
 */
export function loadingFault(error: unknown, folder: string, name = "config/"): Fault {
  const { message, stack = "", requireStack } = error as LoadingError;
  const [, syntaxPlace, syntaxError] = /^(\S+?\.ts:\d+:\d+): ERROR: (.*)$/m.exec(message) ?? [];
  // Lines and columns refer to the compiled file and are left out.
  const frames = [...stack.matchAll(/(\/[^()\s]+):\d+:\d+\)?$/gm)].map(([, path = ""]) => path);
  const own = (path: string) => path.startsWith(`${folder}/`) && !path.includes("/node_modules/");
  const place = syntaxPlace ?? frames.find(own) ?? requireStack?.[0];
  const [, missingPackage] = /^Cannot find module '([^./][^']*)'/.exec(message) ?? [];
  return {
    place: place === undefined ? name : join(name, relative(folder, place)),
    rule: "must be a module that Node can load",
    value: syntaxError ?? message.split("\n")[0] ?? "",
    remedy:
      missingPackage === undefined
        ? "correct the file; `npm run check` prints the errors of the compiler"
        : `run \`npm ci\`, or remove the import if package.json does not name \`${missingPackage}\``,
  };
}
