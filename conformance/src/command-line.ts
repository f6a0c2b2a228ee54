import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { CannotRun } from "./cannot-run";
import type { Choices } from "./run";

/** The arguments of one run. */
export interface Given {
  readonly url: URL;
  readonly contract: string;
  readonly choices: Omit<Choices, "sentry">;
  /** The address at which events are received. @default rules about Sentry are not checked */
  readonly sentry?: { readonly address: string; readonly port: number };
  /** The file for the report as JUnit XML. @default no such file is written */
  readonly junit?: string;
  readonly json: boolean;
}

/** The contract that was packed with this program. */
const packedContract = join(__dirname, "..", "contract.json");

const help = `Checks whether a running image of an ERP keeps the contract of its dashboards and alerts: metrics, HTTP profile,
health routes, request ids, log lines, events for Sentry, and its shutdown. A rule that needs an option which is not
given is listed as not checked.

The image gets about 1,200 requests in a few seconds, some of them with made-up secrets. Check a test instance, not one
that users have. With --stop-command, the image is stopped at the end.`;

const exitCodes = `
Exit code 0: every rule that was checked passed. 1: a rule failed. 2: the checks could not run.`;

/** @throws {CannotRun} that explains how the program is called. */
export function givenArguments(args: readonly string[]): Given | "help" {
  const cli = commandLine();
  try {
    cli.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return "help";
    throw new CannotRun(`${error.message.replace(/^error: /, "")}\nFor help: ${cli.name()} --help`);
  }
  const { sentry, ...options } = cli.opts<Options>();
  return {
    url: urlOf(cli.args[0] ?? ""),
    contract: options.contract ?? packedContract,
    choices: {
      ...(options.log && { log: options.log }),
      ...(options.failingPath && { failingPath: pathOf("--failing-path", options.failingPath) }),
      ...(options.bodyPath && { bodyPath: pathOf("--body-path", options.bodyPath) }),
      ...(options.stopCommand && { stopCommand: options.stopCommand }),
      ...dependencyOf(options),
      randomRequests: countOf("--random-requests", options.randomRequests),
      scrapes: countOf("--scrapes", options.scrapes),
    },
    ...(sentry && { sentry: addressOf(sentry) }),
    ...(options.junit && { junit: options.junit }),
    json: options.json ?? false,
  };
}

/** Options as commander returns them. @see https://github.com/tj/commander.js */
interface Options {
  readonly contract?: string;
  readonly log?: string;
  readonly sentry?: string;
  readonly failingPath?: string;
  readonly dependency?: string;
  readonly dependencyDown?: string;
  readonly dependencyUp?: string;
  readonly stopCommand?: string;
  readonly bodyPath?: string;
  readonly randomRequests: string;
  readonly scrapes: string;
  readonly junit?: string;
  readonly json?: boolean;
}

function commandLine(): Command {
  const cli = new Command(process.env.CONFORMANCE_NAME ?? "erp-conformance")
    .description(help.replace(/(?<!\n)\n(?!\n)/g, " "))
    .argument("<url>", "address of the running image, such as http://127.0.0.1:8000")
    .allowExcessArguments(false)
    .exitOverride();
  cli.configureOutput({ writeOut: (text) => console.log(text.trimEnd()), outputError: () => {} });
  cli.configureHelp({ helpWidth: process.stdout.columns ?? 120 });
  const packed = existsSync(packedContract) ? "the contract in this package" : "contract.json beside the program";
  const options = [
    new Option("--contract <file>", `contract that \`npm run contract\` wrote (default: ${packed})`),
    new Option("--log <file>", "file to which the output of the image is written: checks log lines"),
    new Option(
      "--sentry <[address:]port>",
      "receives events here, at 127.0.0.1 unless you give an address: checks events",
    ),
    new Option("--failing-path <path>", "path whose route fails with an exception, to get an event without traces"),
    new Option("--dependency <name>", "dependency that the next two commands take down and up, such as redis"),
    new Option("--dependency-down <command>", "takes the dependency down"),
    new Option("--dependency-up <command>", "takes the dependency up again"),
    new Option("--stop-command <command>", "stops the image as Kubernetes does, with SIGTERM: checks the shutdown"),
    new Option("--body-path <path>", "POST route that reads a body (default: the first in /openapi.json)"),
    new Option("--random-requests <count>", "requests with random paths and methods").default("1000"),
    new Option("--scrapes <count>", "scrapes over which counters must not fall").default("20"),
    new Option("--junit <file>", "also writes the report as JUnit XML"),
    new Option("--json", "prints the report as JSON"),
  ];
  for (const option of options) cli.addOption(option);
  return cli.addHelpText("after", exitCodes);
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new CannotRun(`The address must be a URL of http:// or https://, got ${text}. Write http://127.0.0.1:8000`);
}

function pathOf(option: string, text: string): string {
  if (text.startsWith("/")) return text;
  throw new CannotRun(`${option} must start with /, got ${text}`);
}

function countOf(option: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new CannotRun(`${option} must be a whole number of at least 1, got ${text}`);
}

function addressOf(text: string): Given["sentry"] {
  const [, address = "127.0.0.1", port = ""] = /^(?:(.+):)?(\d+)$/.exec(text) ?? [];
  if (Number(port) >= 1 && Number(port) <= 65_535) return { address, port: Number(port) };
  throw new CannotRun(`--sentry must be a port, or an address and a port, got ${text}. Write 9001 or 0.0.0.0:9001`);
}

function dependencyOf({ dependency, dependencyDown, dependencyUp }: Options): Pick<Choices, "dependency"> {
  if (dependency && dependencyDown && dependencyUp) {
    return { dependency: { name: dependency, down: dependencyDown, up: dependencyUp } };
  }
  if (!dependency && !dependencyDown && !dependencyUp) return {};
  throw new CannotRun("--dependency, --dependency-down and --dependency-up need each other: give all three or none.");
}
