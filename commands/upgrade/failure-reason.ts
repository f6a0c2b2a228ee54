import { realpathSync } from "node:fs";

/**
 * The error of a program of Node in one or two lines: its message, and the place in the user's files.
 * @param stderr what the program wrote before it ended
 * @param folder folder of the program; places are printed without it
 */
export function failureReason(stderr: string, folder: string): string {
  // Node names files by their real path, and a temporary folder may be reached through a link.
  const text = [folder, realpathSync(folder)].reduce((rest, path) => rest.replaceAll(`${path}/`, ""), stderr);
  const [, message = "", rest = ""] = /^(\w*Error(?: \[\w+\])?: .*)\n?([\s\S]*)/m.exec(text) ?? [];
  if (message === "") return text.trim();
  // esbuild names the place in the line after its message, Node under "Require stack:" or in the first frame.
  const [place = ""] = /^.+:\d+:\d+: ERROR: .*/m.exec(rest) ?? [];
  if (place !== "") return `${message}\n${place}`;
  const [, required = ""] = /^Require stack:\n- (.*)/m.exec(rest) ?? [];
  const frames = [...rest.matchAll(/^ {4}at (?:.* \()?((?!node:|file:|\/)[^\s()]+:\d+:\d+)\)?$/gm)].map(
    ([, at = ""]) => at,
  );
  const at = required || frames.find((path) => !path.startsWith("node_modules/"));
  return at ? `${message}\n    at ${at}` : message;
}
