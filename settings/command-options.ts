/**
 * Options of a command: `--port 80`, `--port=80`, `-w 4`, `-w4`, and environment variables in front of the program, such as
 * `env WEB_CONCURRENCY=4 uvicorn`. The command of a shell (`sh -c "…"`) is divided into its words.
 */

/** The words of a command after the first word that is this program, with or without a folder; undefined without it. */
export function argumentsOf(command: readonly string[], program: string): readonly string[] | undefined {
  const words = wordsOf(command);
  const index = words.findIndex((word) => word.split("/").at(-1) === program);
  return index === -1 ? undefined : words.slice(index + 1);
}

/** The values that options or variables of these names have, in order. An option without a value has an empty one. */
export function valuesOf(command: readonly string[], names: readonly string[]): readonly string[] {
  const words = wordsOf(command);
  return words.flatMap((word, index) =>
    names.flatMap((name) => {
      if (word === name) return [words[index + 1] ?? ""];
      if (word.startsWith(`${name}=`)) return [word.slice(name.length + 1)];
      return /^-\w$/.test(name) && word.startsWith(name) && word.length > 2 ? [word.slice(2)] : [];
    }),
  );
}

/** The number that an option has; undefined if the command does not set it, or not to a number. */
export function numberOf(command: readonly string[], names: readonly string[]): number | undefined {
  const given = Number.parseFloat(valuesOf(command, names).at(-1) ?? "");
  return Number.isNaN(given) ? undefined : given;
}

function wordsOf(command: readonly string[]): readonly string[] {
  return command
    .flatMap((argument) => argument.split(/\s+/))
    .map((word) => word.replace(/^GUNICORN_CMD_ARGS=/, "").replace(/^["']|["']$/g, ""));
}
