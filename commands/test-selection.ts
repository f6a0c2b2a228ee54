import { escapePattern } from "../kit/queries/escape-pattern";

/** Tests that are run together: whole files, or only the tests of these files whose names match. */
export interface TestRun {
  readonly files: readonly string[];
  /** A regular expression that the full names of the tests must match. @default every test is run */
  readonly pattern?: string;
}

/**
 * The tests whose file and name together contain every word. A word in the path of a file is found for all of its tests; the
 * others must be in the name of the test, or of a group around it.
 *
 * @param sources text of each file of tests by its path
 */
export function selectTests(words: readonly string[], sources: ReadonlyMap<string, string>): readonly TestRun[] {
  const runs = new Map<string, string[]>();
  const wanted = words.flatMap((word) => word.split(/\s+/)).filter((word) => word !== "");
  for (const [path, source] of sources) {
    const left = wanted.filter((word) => !contains(path, word));
    const titles = left.length > 0 ? testTitles(source).join("\n") : "";
    if (!left.every((word) => contains(titles, word))) continue;
    const pattern = left.map((word) => `(?=.*${escapePattern(word)})`).join("");
    runs.set(pattern, [...(runs.get(pattern) ?? []), path]);
  }
  return [...runs].map(([pattern, files]) => ({ files, ...(pattern !== "" && { pattern: `^${pattern}` }) }));
}

function contains(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}

/** The name of a test or of a group: the first text of a call of `test` or `describe`, or of what `test.each(…)` returns. */
const title =
  /(?:\b(?:test|describe)\w*(?:\.\w+)*(?:<[^\n]*>)?|\))\((?:\s*"[\w-]+",|\s*\[[^\]\n]*\],)?\s*(["'`])((?:\\.|(?!\1).)+)\1/g;

/** `def test_orders_are_paid` in Python. */
const pythonTest = /^(?:async )?def test_(\w+)/gm;

/** The names of the tests in a file, and of the groups around them. */
export function testTitles(source: string): readonly string[] {
  return [
    ...[...source.matchAll(title)].map(([, , name = ""]) => name),
    ...[...source.matchAll(pythonTest)].map(([, name = ""]) => name.replaceAll("_", " ")),
  ];
}
