import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../../faults";
import { projectFiles } from "../project-files";
import { prose } from "./prose";
import { exceptions, unusedWords } from "./unused-words";

/**
 * Files that are not the project's own prose: values of users, rendered output, captured output of programs, quotations,
 * the list of the words itself, and the tests of the check.
 */
const unread =
  /^(?:config|rendered|metrics\/evidence|logs\/evidence|preview\/recordings)\/|^docs\/(?:style|reported-elsewhere)\.md$|^(?:commands\/words\/unused-words|__tests__\/words\.test)\.ts$/;

const patterns = unusedWords.map(({ words, instead }) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${words.replaceAll(" ", "\\s+")})(?![\\w-])`, "gi"),
  instead,
}));

/**
 * Finds words in the project's prose, comments and string literals that `unused-words.ts` lists, and exceptions that no
 * text needs any more.
 *
 * @param root folder of the project. @default the current folder
 */
export function wordFaults(root = "."): Fault[] {
  const files = projectFiles(root).filter((path) => !unread.test(path));
  const found = files.flatMap((path) => fileFaults(path, readFileSync(join(root, path), "utf8")));
  const unneeded = exceptions.filter(({ path, text }) => !found.some((fault) => isExcepted(fault, [{ path, text }])));
  return [
    ...found.filter((fault) => !isExcepted(fault, exceptions)),
    ...unneeded.map(({ path, text }) => ({
      place: "commands/words/unused-words.ts",
      value: text,
      rule: `${path} does not contain this exception`,
      remedy: "delete the exception",
    })),
  ];
}

/** @returns a fault for each unused word in the text of a file. */
export function fileFaults(path: string, text: string): Fault[] {
  return prose(path, text).flatMap((passage) =>
    patterns.flatMap(({ pattern, instead }) =>
      [...passage.text.matchAll(pattern)].map((match) => {
        const line = passage.line + passage.text.slice(0, match.index).split("\n").length - 1;
        return {
          place: `${path}:${line}`,
          value: surroundings(passage.text, match.index),
          rule: `does not use "${match[0].replace(/\s+/g, " ")}"`,
          remedy: `write ${instead}`,
        };
      }),
    ),
  );
}

/** The words before and after a place in a text, on one line. */
function surroundings(text: string, index: number): string {
  return text
    .slice(Math.max(0, index - 40), index + 50)
    .replace(/\s+/g, " ")
    .trim();
}

function isExcepted(
  { place, value }: Fault,
  allowed: readonly { readonly path: string; readonly text: string }[],
): boolean {
  return allowed.some(({ path, text }) => place.startsWith(`${path}:`) && value?.includes(text));
}
