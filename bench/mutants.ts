import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import {
  type Broken,
  brokenAlerts,
  knownSurvivors,
  type Survivor,
  sample,
  seed,
  survivorsFile,
  undetected,
  unexplained,
} from "../__tests__/alert-mutants";
import { builtTool } from "../__tests__/tools";
import { CommandError, start } from "../commands/command";
import { judgeDashboards } from "./dashboard-mutants";

/** Percentage of mistakes that must be found: of all alerts together, and of each kind of mistake in dashboards. */
const target = 95;

start({
  name: "bench:mutants",
  positionals: {},
  options: {
    seed: {
      type: "string",
      value: "text",
      help: `judges only the sample that this seed selects; the tests use "${seed}"`,
    },
    only: { type: "string", value: "alerts|dashboards", help: "breaks only the alerts, or only the dashboards" },
    write: { type: "boolean", help: "writes the list of known survivors, which the tests read" },
  },
  help: `
Breaks each alert and each dashboard that we ship in one place at a time. Prints how many of the mistakes a check or a
scenario finds, by kind of mistake, and lists the mistakes that nothing finds. Mistakes that provably do not change
when an alert fires are not counted. Aggregations and matchers of panels that do not show the measure of an alert are
reported, but not required, because no scenario proves them. The whole run takes about fifteen minutes on two cores.

Exit code 0: at least ${target} % of the mistakes in alerts, and of each kind of mistake in dashboards, are found. 1:
fewer are found.`,
  run: ({ seed: chosen, only, write = false }) => {
    if (only !== undefined && only !== "alerts" && only !== "dashboards")
      throw new CommandError(`--only takes \`alerts\` or \`dashboards\`, not \`${only}\`.`);
    if (write === true && (chosen !== undefined || only === "dashboards"))
      throw new CommandError("--write needs all alerts: remove --seed and `--only dashboards`.");
    const alerts =
      only === "dashboards" || judgeAlerts(typeof chosen === "string" ? chosen : undefined, write === true);
    const dashboards = only === "alerts" || reportDashboards();
    return alerts && dashboards ? 0 : 1;
  },
});

function judgeAlerts(chosen: string | undefined, write: boolean): boolean {
  const promtool = builtTool("promtool");
  if (!promtool) throw new CommandError("promtool is not built yet. Run `npm test` once: it builds promtool.");
  const all = brokenAlerts();
  const made = chosen === undefined ? all : sample(all, chosen);
  const judged = made.filter(({ equivalent }) => equivalent === undefined);
  const left = undetected(promtool, judged, (done) => console.error(`alerts: ${done} of ${judged.length} judged`));
  const rows = [...new Set(made.map(({ kind }) => kind))].map((kind): Row => {
    const ofKind = (broken: readonly Broken[]) => broken.filter((one) => one.kind === kind).length;
    return {
      kind,
      made: ofKind(judged),
      found: ofKind(judged) - ofKind(left),
      equivalent: ofKind(made) - ofKind(judged),
    };
  });
  console.log(table("alerts", rows));
  console.log(left.map(({ key }) => `not found: ${key}`).join("\n"));
  if (write) writeFileSync(survivorsFile, survivorsText(left));
  return isReached(judged.length, judged.length - left.length);
}

/** The survivors, each with the reason that the file gave before. */
function survivorsText(left: readonly Broken[]): string {
  const reasons = new Map(knownSurvivors().map(({ mutant, reason }) => [mutant, reason]));
  const survivors = left.map(({ key }): Survivor => ({ mutant: key, reason: reasons.get(key) ?? unexplained }));
  return `# Mistakes in alerts that no check and no scenario finds. \`npm run bench:mutants -- --write\` writes the list and keeps
# the reasons. The tests fail on any other mistake that is not found.
${stringify(survivors, { lineWidth: 0 })}`;
}

function reportDashboards(): boolean {
  const { made, undetected: left } = judgeDashboards();
  const survivors = new Set(left);
  const rows = [...new Set(made.map(({ kind }) => kind))].flatMap((kind) =>
    [true, false].flatMap((expected): Row[] => {
      const ofKind = made.filter((one) => one.kind === kind && one.expected === expected);
      const found = ofKind.filter((one) => !survivors.has(one)).length;
      if (ofKind.length === 0) return [];
      return [
        {
          kind: expected ? kind : `${kind}, only reported`,
          made: ofKind.length,
          found,
          ...(!expected && { reported: true }),
        },
      ];
    }),
  );
  console.log(table("dashboards", rows));
  const missed = left.filter(({ expected }) => expected);
  console.log(missed.map(({ kind, place, mistake }) => `not found: ${kind}: ${place}: ${mistake}`).join("\n"));
  return rows.every(({ made, found, reported }) => reported || isReached(made, found));
}

interface Row {
  readonly kind: string;
  /** Number of mistakes that may change a result. */
  readonly made: number;
  readonly found: number;
  /** Number of mistakes that cannot change a result. @default none is known */
  readonly equivalent?: number;
  /** Whether the kind is only reported and does not count for the target. @default false */
  readonly reported?: boolean;
}

function isReached(made: number, found: number): boolean {
  return 100 * found >= target * made;
}

function table(what: string, rows: readonly Row[]): string {
  const line = ({ kind, made, found, equivalent }: Row) => `| ${kind} | ${found} of ${made} | ${equivalent ?? ""} |`;
  return [`| ${what}: mistake | found | equivalent |`, "|---|---|---|", ...rows.map(line), line(total(rows))].join(
    "\n",
  );
}

function total(rows: readonly Row[]): Row {
  const counted = rows.filter(({ reported }) => !reported);
  const sum = (value: (row: Row) => number) => counted.reduce((before, row) => before + value(row), 0);
  return {
    kind: "total",
    made: sum(({ made }) => made),
    found: sum(({ found }) => found),
    equivalent: sum(({ equivalent = 0 }) => equivalent),
  };
}
