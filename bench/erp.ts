import { readFileSync, writeFileSync } from "node:fs";
import { child } from "../commands/child";
import { CommandError, start } from "../commands/command";
import { pythonOf } from "../commands/evidence/python";
import { machine } from "./report";

/** The page with the last result, between two markers. */
const page = "erp/README.md";
const [begin, end] = ["<!-- bench:erp -->", "<!-- /bench:erp -->"];

start({
  name: "bench:erp",
  positionals: {},
  options: {
    rounds: { type: "string", value: "number", help: "number of times that each variant is measured; by default 20" },
    only: { type: "string", value: "instrument", help: "switches off only this instrument" },
    write: { type: "boolean", help: `also writes the table to ${page}` },
  },
  help: `
Measures what it costs to observe the reference ERP: CPU time per request of \`GET /api/v1/stock/{sku}\`, and the 99th
percentile of its latency with 16 connections. Compares the API without instruments with the API as it runs in
production, and with each instrument switched off in turn. All variants run at the same time, with one PostgreSQL and
one Redis, and the rounds alternate between them, so that other load on the machine affects all equally. Sentry and
the collector of traces are local servers that accept everything. Takes about five minutes. Needs Linux, Python 3.11, PostgreSQL and Redis.

Sentry gets the errors, and the collector gets every trace. On a busy machine, only the CPU time means something.

Goal: at most 2.5 times the CPU time, and at most 1.5 times the latency, of the API without instruments.

Exit code 0: the table was printed, whatever its numbers are.`,
  run: async ({ rounds = "20", only, write = false }) => {
    if (!(Number(rounds) >= 3)) throw new CommandError(`--rounds takes a number of at least 3, not \`${rounds}\`.`);
    const options = ["--rounds", String(rounds), ...(typeof only === "string" ? ["--only", only] : [])];
    const { code, stdout, stderr } = await child(await pythonOf("erp"), ["-m", "bench.run", ...options], {
      cwd: "erp",
      longestMinutes: 240,
      onLine: (line) => line.startsWith("round ") && console.error(line),
    });
    if (code !== 0) throw new CommandError(`The ERP was not measured:\n${stderr}`);
    const text = `${stdout.trim()}\n\n${machine()}`;
    console.log(text);
    if (write) writePage(text);
    return 0;
  },
});

function writePage(text: string): void {
  const [before, rest] = readFileSync(page, "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new CommandError(`${page} has no ${begin} with ${end} after it.`);
  writeFileSync(page, `${before}${begin}\n${text}\n${end}${after}`);
}
