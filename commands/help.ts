import { type Command, start } from "./command";
import { commandsByTask, summaryOf, usageOf } from "./commands";
import { wrap } from "./wrap";

const help: Command = {
  name: "help",
  positionals: {},
  options: {},
  help: `
Lists the commands by task. \`npm run <command> -- --help\` describes one of them: what it does, what it changes, what its exit
codes mean, and which similar commands there are.

Exit code 0: always.`,
  run() {
    console.log(commandList(process.stdout.columns ?? 120));
    return 0;
  },
};

/** The commands by task, in a text of this width. */
export function commandList(width: number): string {
  const usages = Object.values(commandsByTask).flat().map(usageOf);
  const column = Math.max(...usages.map(({ length }) => length)) + 4;
  const tasks = Object.entries(commandsByTask).map(([task, listed]) => {
    const lines = listed.map(
      (command) => `  ${usageOf(command).padEnd(column - 2)}${wrapAt(summaryOf(command), column, width)}`,
    );
    return [task, ...lines].join("\n");
  });
  return ["npm run <command> -- --help describes a command.", ...tasks].join("\n\n");
}

/** The text with line breaks before the end of the terminal, each followed by the indent. */
function wrapAt(text: string, indent: number, width: number): string {
  return wrap(text, width - indent).join(`\n${" ".repeat(indent)}`);
}

if (require.main === module) void start(help);
