import { type ParseArgsConfig, parseArgs } from "node:util";
import { Faults } from "../faults";

type Options = Readonly<Record<string, Option>>;

/** `--name`, or `--name <value>`. */
export interface Option {
  readonly type: "boolean" | "string";
  /** One sentence for `--help`. */
  readonly help: string;
  /** What stands for the value in `--help`: `minutes`. */
  readonly value?: string;
}

/** What stands behind `npm run <name>`. */
export interface Command {
  readonly name: string;
  /** What may follow the name, each on its own: `{ environment: ["local", "staging"] }`. */
  readonly positionals: Readonly<Record<string, readonly string[]>>;
  readonly options: Options;
  /** What it does, what it changes, and what its exit codes mean. */
  readonly help: string;
  /** @returns the exit code */
  readonly run: (given: Given) => number | Promise<number>;
}

/** The arguments of one call, by name. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;

/** A command cannot go on, for a reason that its user can act on: printed without a stack. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Runs a command with the arguments of this process, and leaves its exit code. */
export async function start(command: Command): Promise<void> {
  // Who reads may have read enough, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  process.exitCode = await execute(command, process.argv.slice(2));
}

/** @returns the exit code; whatever goes wrong is printed, never thrown. */
export async function execute(command: Command, args: readonly string[]): Promise<number> {
  try {
    const given = read(command, args);
    if (given.help) {
      console.log(helpOf(command));
      return 0;
    }
    return await command.run(given);
  } catch (error) {
    console.error(explained(error, command));
    return 1;
  }
}

function read(command: Command, args: readonly string[]): Given {
  const { values, positionals } = parsed(command, args);
  if (values.help) return { help: true };
  const wanted = Object.entries(command.positionals);
  const surplus = positionals[wanted.length];
  if (surplus !== undefined) throw misused(command, `\`${surplus}\` is one argument too many.`);
  const named = wanted.map(([name, known], place) => {
    const value = positionals[place];
    if (value === undefined) throw misused(command, `Which ${name}? There are: ${known.join(", ")}.`);
    if (!known.includes(value))
      throw misused(command, `There is no ${name} \`${value}\`. There are: ${known.join(", ")}.`);
    return [name, value] as const;
  });
  return { ...values, ...Object.fromEntries(named) };
}

function parsed(command: Command, args: readonly string[]) {
  const options: ParseArgsConfig["options"] = { help: { type: "boolean", short: "h" } };
  for (const [name, { type }] of Object.entries(command.options)) options[name] = { type };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true }) as { values: Given; positionals: string[] };
  } catch (error) {
    // What Node adds after the first sentence is about files whose names begin with a dash.
    const [sentence] = (error as Error).message.split(/\. |\n/);
    throw misused(
      command,
      `${sentence}. There are: ${["help", ...Object.keys(command.options)].map((name) => `--${name}`).join(", ")}.`,
    );
  }
}

function misused(command: Command, reason: string): Stopped {
  return new Stopped(`${reason}\nusage: ${usage(command)}\nnpm run ${command.name} -- --help says more.`);
}

function usage({ name, positionals, options }: Command): string {
  const parts = [
    ...Object.keys(positionals).map((positional) => `<${positional}>`),
    ...Object.entries(options).map(([option, { value }]) => `[--${option}${value ? ` <${value}>` : ""}]`),
  ];
  return `npm run ${name}${parts.length > 0 ? ` -- ${parts.join(" ")}` : ""}`;
}

function helpOf(command: Command): string {
  const lists = [
    ...Object.entries(command.positionals).map(([name, known]) => `<${name}>: ${known.join(", ")}`),
    ...Object.entries(command.options).map(
      ([name, { value, help }]) => `--${name}${value ? ` <${value}>` : ""}: ${help}`,
    ),
  ];
  return [usage(command), "", command.help.trim(), ...(lists.length > 0 ? ["", ...lists] : [])].join("\n");
}

function explained(error: unknown, { name }: Command): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env.DEBUG) return error.stack ?? error.message;
  if (error instanceof Stopped || error instanceof Faults) return error.message;
  return `${error.message}\n\`npm run ${name}\` did not expect this. With DEBUG=1 it says where it happened; if the reason lies in this project, please report it with that.`;
}
