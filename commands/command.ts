import { Argument, Command as Cli, Option as CliOption, CommanderError } from "commander";
import { Faults } from "../faults";
import { commands, summaryOf } from "./commands";
import { nodeVersionAdvice } from "./node-version";
import { wrap } from "./wrap";

/** `--name`, or `--name <value>`. */
export interface Option {
  readonly type: "boolean" | "string";
  /** One sentence for `--help`. */
  readonly help: string;
  /** The placeholder that represents the value in `--help`, such as `minutes`. @default "value" */
  readonly value?: string;
}

/** A command behind `npm run <name>`. */
export interface Command {
  readonly name: string;
  /** Required arguments in their order, each with the values that it accepts, or with the help for a free text. */
  readonly positionals: Readonly<Record<string, Accepted | string>>;
  /** The operands that may follow, as many as the user likes. @default none are accepted */
  readonly operands?: Operands;
  readonly options: Readonly<Record<string, Option>>;
  /** What the command does, what it changes, and what its exit codes mean. */
  readonly help: string;
  /** The exit code if the command throws an error. @default 1 */
  readonly errorCode?: number;
  /** @returns the exit code */
  readonly run: (given: Given, operands: readonly string[]) => number | Promise<number>;
}

/** The values of an argument. Those of users are read once the command runs, so that a mistake in them is a fault. */
export type Accepted = readonly string[] | (() => readonly string[]);

/** Arguments that a command takes any number of. */
export interface Operands {
  /** The placeholder that represents one of them in `--help`, such as `file`. */
  readonly name: string;
  /** One sentence for `--help`. */
  readonly help: string;
  /** The values that each of them accepts. @default any text */
  readonly choices?: readonly string[];
}

/** The arguments of one call, by name. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;

/** A command cannot continue, for a reason that its user can act on. It is printed without a stack trace. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
}

/** Runs a command with the arguments of this process, and sets the exit code. */
export async function start(command: Command): Promise<void> {
  // The reader of a pipe may stop reading, as `head` does.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const advice = nodeVersionAdvice(process.versions.node);
  if (advice) console.error(advice);
  process.exitCode = await execute(command, process.argv.slice(2));
}

/** @returns the exit code; errors are printed, never thrown. */
export async function execute(command: Command, args: readonly string[]): Promise<number> {
  try {
    const parsed = parseArguments(command, args);
    return parsed === "help" ? 0 : await command.run(parsed.given, parsed.operands);
  } catch (error) {
    console.error(explain(error, command));
    return command.errorCode ?? 1;
  }
}

/** @throws {CommandError} that explains how the command is called. */
function parseArguments(
  command: Command,
  args: readonly string[],
): { readonly given: Given; readonly operands: readonly string[] } | "help" {
  const cli = commandLine(command);
  try {
    cli.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return "help";
    const reason = error.message.replace(/^error: /, "");
    const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.?$/, "")}.`;
    throw new CommandError(
      `${sentence}\nUsage: ${cli.name()} ${cli.usage()}\nFor help: npm run ${command.name} -- --help`,
    );
  }
  const positionals = Object.keys(command.positionals).map((name, index) => [name, cli.processedArgs[index]] as const);
  const options = cli.options.map(
    (option) =>
      [option.name(), cli.getOptionValue(option.attributeName()) ?? (option.isBoolean() ? false : undefined)] as const,
  );
  const operands: readonly string[] = cli.processedArgs[positionals.length] ?? [];
  return { given: Object.fromEntries([...positionals, ...options]), operands };
}

function valuesOf(accepted: Accepted): readonly string[] {
  return typeof accepted === "function" ? accepted() : accepted;
}

function commandLine({ name, positionals, operands, options, help }: Command): Cli {
  const cli = new Cli(`npm run ${name} --`).description(paragraphs(help)).allowExcessArguments(false).exitOverride();
  cli.configureOutput({ writeOut: (text) => console.log(text.trimEnd()), outputError: () => {} });
  const width = process.stdout.columns ?? 120;
  cli.configureHelp({ helpWidth: width });
  const similar = similarCommands(name, width);
  if (similar !== "") cli.addHelpText("after", `\nSimilar commands:\n${similar}`);
  for (const [argument, accepted] of Object.entries(positionals)) {
    const named = new Argument(`<${argument}>`, typeof accepted === "string" ? accepted : `name of the ${argument}`);
    cli.addArgument(typeof accepted === "string" ? named : named.choices(valuesOf(accepted)));
  }
  if (operands) {
    const named = new Argument(`[${operands.name}...]`, operands.help);
    cli.addArgument(operands.choices ? named.choices(operands.choices) : named);
  }
  for (const [option, { type, help: text, value = "value" }] of Object.entries(options)) {
    cli.addOption(new CliOption(type === "boolean" ? `--${option}` : `--${option} <${value}>`, text));
  }
  return cli;
}

/** Commands that somebody might run instead of this one, with what they do. */
function similarCommands(name: string, width: number): string {
  const names = commands.find((one) => one.name === name)?.similar ?? [];
  const listed = names.flatMap((similar) => commands.find((one) => one.name === similar) ?? []);
  const column = Math.max(0, ...names.map(({ length }) => length)) + 4;
  return listed
    .map((one) => {
      const lines = wrap(summaryOf(one), width - column);
      return `  ${one.name.padEnd(column - 2)}${lines.join(`\n${" ".repeat(column)}`)}`;
    })
    .join("\n");
}

/** The text with one line for each paragraph; commander breaks it where the terminal ends. */
function paragraphs(text: string): string {
  return text.trim().replace(/(?<!\n)\n(?![\n ])/g, " ");
}

function explain(error: unknown, { name }: Command): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env.DEBUG) return error.stack ?? error.message;
  if (error instanceof CommandError || error instanceof Faults) return error.message;
  return `${error.message}\n\`npm run ${name}\` failed unexpectedly. \`npm run check\` prints the errors of the compiler, and DEBUG=1 shows where this one occurred; if the cause is in this project, please report it with that output.`;
}
