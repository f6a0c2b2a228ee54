import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { z } from "zod";
import type { Fault } from "../../faults";

/** The file of an export that lists the files of the export, so that the next export replaces exactly these. */
export const listFile = "export.json";

/** The contents of an export. */
export interface Export {
  readonly environment: string;
  /** The program that applies the export, as `--for` names it. */
  readonly for: string;
  /** Texts of the files, by path in the folder. */
  readonly files: ReadonlyMap<string, ExportedFile>;
}

export interface ExportedFile {
  readonly text: string;
  /** Whether the file is a program that users run. @default false */
  readonly executable?: boolean;
}

/** A path that stays in the folder, also if somebody edited the list. */
const pathInFolder = z.string().refine((path) => !/^(\/|\.\.(\/|$))/.test(normalize(path)));

const listed = z.strictObject({
  environment: z.string(),
  for: z.string(),
  files: z.array(pathInFolder),
});

/** The reasons why an export must not be written to the folder: it contains something else. */
export function folderFaults(folder: string, wanted: Pick<Export, "environment" | "for">): readonly Fault[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) {
    return [{ place: folder, rule: "must be a folder, and is a file", remedy: "choose another folder" }];
  }
  if (readdirSync(folder).length === 0) return [];
  const remedy = "choose another folder, or delete this one if you do not need its files";
  const previous = previousExport(folder);
  if (previous === undefined) {
    const rule = `must be empty, or contain an earlier export with its list of files, ${listFile}`;
    return [{ place: folder, rule, remedy }];
  }
  if (previous.environment === wanted.environment && previous.for === wanted.for) return [];
  const value = `${previous.environment} for ${previous.for}`;
  const rule = `must contain an export of ${wanted.environment} for ${wanted.for}, or no export`;
  return [{ place: folder, value, rule, remedy }];
}

/** The files of others in the folder of an earlier export that the export would overwrite. */
export function overwrittenFiles(folder: string, { files }: Export): readonly Fault[] {
  const own = new Set([listFile, ...(previousExport(folder)?.files ?? [])]);
  return [...files.keys()]
    .filter((path) => !own.has(path) && existsSync(join(folder, path)))
    .map((path) => ({
      place: join(folder, path),
      rule: "must not exist: it does not come from an earlier export, and this export has a file with the same name",
      remedy: "move the file to another folder",
    }));
}

/**
 * Writes the export, and deletes the files of the previous export that it no longer has. All other files stay.
 * @returns the paths of the deleted files
 */
export function writeExport(folder: string, wanted: Export): readonly string[] {
  const previous = previousExport(folder)?.files ?? [];
  const deleted = previous.filter((path) => !wanted.files.has(path) && existsSync(join(folder, path)));
  for (const path of deleted) rmSync(join(folder, path));
  const list = { environment: wanted.environment, for: wanted.for, files: [...wanted.files.keys()].sort() };
  const files = new Map(wanted.files).set(listFile, { text: `${JSON.stringify(list, undefined, 2)}\n` });
  for (const [path, { text, executable }] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: executable ? 0o755 : 0o644 });
  }
  return deleted;
}

function previousExport(folder: string): z.infer<typeof listed> | undefined {
  const path = join(folder, listFile);
  if (!existsSync(path)) return undefined;
  try {
    return listed.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
