import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { z } from "zod";
import type { Fault } from "../faults";
import { suggestion } from "../kit/queries/matching";
import type { Environment } from "./environment";
import { fileOf, noteFile } from "./environment-files";
import { schemaFindings } from "./schema-findings";
import { settingFault } from "./setting-finding";
import {
  dashboardFile,
  ruleFile,
  type TeamFile,
  type TeamFolder,
  teamFiles,
  teamFolders,
  testFile,
} from "./team-files";
import { monitor } from "./team-monitors";

/** The files of all teams, and their faults. */
export interface LoadedTeamFiles {
  readonly files: readonly TeamFile[];
  readonly faults: readonly Fault[];
}

/** Schema of the documents of a folder, and whether its files may have several. */
const schemas: Readonly<Record<TeamFolder, { readonly schema: z.ZodType; readonly several: boolean }>> = {
  rules: { schema: ruleFile, several: false },
  tests: { schema: testFile, several: false },
  monitors: { schema: monitor, several: true },
  dashboards: { schema: dashboardFile, several: false },
};

const place = "config/teams";

/**
 * Reads the files of the teams in `teams/<team>/` of a folder.
 * @param known names of the teams of all environments
 */
export function loadTeamFiles(folder: string, known: readonly string[]): LoadedTeamFiles {
  const root = join(folder, "teams");
  const found = entriesOf(root).map((team) =>
    known.includes(team) ? readTeam(root, team) : { files: [], faults: [unknownTeam(team, known)] },
  );
  return { files: found.flatMap(({ files }) => files), faults: found.flatMap(({ faults }) => faults) };
}

/** The environment with the files of its teams. */
export function withTeamFiles<One extends Partial<Environment>>(environment: One, files: readonly TeamFile[]): One {
  const own = files.filter(({ team }) => Object.hasOwn(environment.teams ?? {}, team));
  if (own.length === 0) return environment;
  const complete = { ...environment, [teamFiles]: own };
  const file = fileOf(environment);
  if (file !== undefined) noteFile(complete, file);
  return complete;
}

function unknownTeam(team: string, known: readonly string[]): Fault {
  return {
    place: `${place}/${team}/`,
    rule: "must be named after a team in `teams` of an environment",
    value: team,
    remedy:
      known.length > 0 ? suggestion(team, known) : "add the team to `teams` of an environment, or delete the folder",
  };
}

function readTeam(root: string, team: string): LoadedTeamFiles {
  const found = entriesOf(join(root, team)).map((name): LoadedTeamFiles => {
    const folder = teamFolders.find((one) => one === name);
    if (folder === undefined) {
      const rule = `must be one of the folders of a team: ${teamFolders.join(", ")}`;
      return {
        files: [],
        faults: [{ place: `${place}/${team}/${name}`, rule, remedy: suggestion(name, teamFolders) }],
      };
    }
    return readFolder(join(root, team, folder), team, folder);
  });
  return { files: found.flatMap(({ files }) => files), faults: found.flatMap(({ faults }) => faults) };
}

function readFolder(path: string, team: string, folder: TeamFolder): LoadedTeamFiles {
  const read = entriesOf(path).map((name) => {
    const file = `${place}/${team}/${folder}/${name}`;
    const ending = folder === "dashboards" ? ".json" : ".yaml";
    if (!/^[a-z0-9][-.a-z0-9]*$/.test(name) || !name.endsWith(ending)) {
      const rule = `must be a file of lower-case letters, digits, dashes and dots that ends with \`${ending}\``;
      return { faults: [{ place: file, rule, remedy: `rename it, such as \`gateway${ending}\`` }] };
    }
    return readFile(file, { team, folder, text: readFileSync(join(path, name), "utf8") });
  });
  return {
    files: read.flatMap((one) => ("file" in one ? one.file : [])),
    faults: read.flatMap((one) => ("faults" in one ? one.faults : [])),
  };
}

function readFile(
  path: string,
  read: Omit<TeamFile, "path" | "content">,
): { readonly file: TeamFile } | { readonly faults: readonly Fault[] } {
  const documents = parseAllDocuments(read.text);
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) return { faults: [syntaxFault(path, error.message.split("\n")[0] ?? "")] };
  const contents = documents.map((document) => document.toJS() as unknown);
  const { schema, several } = schemas[read.folder];
  if (contents.length !== 1 && !several) {
    return { faults: [syntaxFault(path, `${contents.length} documents instead of one`)] };
  }
  const findings = contents.flatMap((content, index) =>
    schemaFindings(content, schema).map((finding) => ({
      ...finding,
      path: contents.length > 1 ? [index, ...finding.path] : finding.path,
    })),
  );
  return findings.length > 0
    ? { faults: findings.map((finding) => settingFault(path, finding)) }
    : { file: { ...read, path, content: several ? contents : contents[0] } };
}

function syntaxFault(path: string, value: string): Fault {
  const format = path.endsWith(".json") ? "JSON" : "YAML";
  return { place: path, rule: `must be a document of ${format}`, value, remedy: "correct the file" };
}

/** Names in a folder, sorted. Files that begin with a dot belong to the file system or to git. */
function entriesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !basename(name).startsWith("."))
    .sort();
}
