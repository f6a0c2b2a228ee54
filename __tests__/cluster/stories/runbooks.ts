import { plannedStatements, runbookCommands } from "../../runbooks/runbook-commands";
import { runbookPages } from "../../runbooks/runbook-pages";
import { figure, note } from "../results";
import { type Execution, runCommands } from "../runbook-execution";
import type { Story } from "./story";

export const runbooks: Story = {
  name: "runbooks",
  proves: "every command of the runbooks works on the objects that it names, or is listed as not run",
  minutes: 4,
  needs: "deployment",
  async run() {
    const commands = runbookPages().flatMap((page) => [...runbookCommands(page), ...plannedStatements(page)]);
    const executions = runCommands(distinct(commands));
    const skipped = executions.filter(({ skipped }) => skipped !== undefined);
    figure("commands of runbooks that were run", `${executions.length - skipped.length} of ${executions.length}`);
    note(table(skipped));
    expect(executions.flatMap(({ command, failure }) => (failure ? [`${command.page}: ${failure}`] : []))).toEqual([]);
  },
};

function distinct<Given extends { readonly text: string }>(commands: readonly Given[]): readonly Given[] {
  return [...new Map(commands.map((command) => [command.text, command])).values()];
}

function table(skipped: readonly Execution[]): string {
  const rows = skipped.map(
    ({ command, skipped: reason }) => `| \`${command.text.replaceAll("|", "\\|")}\` | ${reason} |`,
  );
  return ["| not run | because |", "|---|---|", ...rows, ""].join("\n");
}
