import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const folder = join(__dirname, "..", "..", "docs", "runbooks");

/** A page of `docs/runbooks/`. */
export interface RunbookPage {
  /** Name of the file without `.md`: the name of an alert, or of a page that several pages link to. */
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A fenced block of a page. */
export interface Block {
  /** The page that contains the block. */
  readonly page: string;
  readonly language: string;
  /**
   * The HTTP profile or the log agent that the query needs, as the fence states it.
   * @default the query works with all
   */
  readonly choice?: string;
  /** The paragraph before the block. */
  readonly introduction: string;
  readonly text: string;
}

export function runbookPages(): readonly RunbookPage[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => runbookPage(basename(file, ".md"), readFileSync(join(folder, file), "utf8")));
}

export function runbookPage(name: string, text: string): RunbookPage {
  const fences = text.matchAll(/^(?<indent> *)```(?<language>\w+)(?: (?<choice>\S+))?\n(?<body>(?:.*\n)*?)\1```$/gm);
  const blocks = [...fences].map(({ groups = {}, index }) => ({
    page: name,
    language: groups.language ?? "",
    ...(groups.choice && { choice: groups.choice }),
    introduction: text.slice(0, index).trimEnd().split("\n").at(-1) ?? "",
    text: (groups.body ?? "").trimEnd().replaceAll(new RegExp(`^${groups.indent}`, "gm"), ""),
  }));
  return { name, text, blocks };
}
