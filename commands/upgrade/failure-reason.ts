import { realpathSync } from "node:fs";

/**
 * The error of a Node program in one or two lines: its message, and the place in the user's files.
 * @param stderr standard error of the program
 * @param folder folder of the program, which is removed from the places
 */
export function failureReason(stderr: string, folder: string): string {
  // Node prints the real path of a file, and the path of a temporary folder may contain a link.
  const text = [folder, realpathSync(folder)].reduce((rest, path) => rest.replaceAll(`${path}/`, ""), stderr);
  const [, message = "", rest = ""] = /^(\w*Error(?: \[\w+\])?: .*)\n?([\s\S]*)/m.exec(text) ?? [];
  if (message === "") return text.trim();
  // esbuild prints the place in the line after its message, and Node prints it under "Require stack:" or in the first
  // frame.
  const [place = ""] = /^.+:\d+:\d+: ERROR: .*/m.exec(rest) ?? [];
  if (place !== "") return `${message}\n${place}`;
  const [, required = ""] = /^Require stack:\n- (.*)/m.exec(rest) ?? [];
  const frames = [...rest.matchAll(/^ {4}at (?:.* \()?((?!node:|file:|\/)[^\s()]+:\d+:\d+)\)?$/gm)].map(
    ([, at = ""]) => at,
  );
  const at = required || frames.find((path) => !path.startsWith("node_modules/"));
  return at ? `${message}\n    at ${at}` : message;
}
