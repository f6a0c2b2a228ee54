import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Fault, refuseAny } from "../faults";
import { type TeamFile, teamFiles, type WithTeamFiles } from "../settings/team-files";
import { builtProgram, notInstalledText } from "./built-program";
import type { Run } from "./run-tool";

/**
 * Runs the tests of the rules of teams, and prints what was run.
 * @param find promtool, if it is on PATH in the pinned version or was built before
 * @throws {Faults} with each file whose tests fail
 */
export function checkTeamTests(
  { [teamFiles]: files = [] }: WithTeamFiles,
  find: () => Run | undefined = () => builtProgram("promtool"),
  title = "nothing was deployed",
): void {
  const teams = [...new Set(files.flatMap(({ team, folder }) => (folder === "tests" ? team : [])))].join(", ");
  if (teams === "") return;
  const promtool = find();
  if (promtool === undefined) {
    console.log(notInstalledText("promtool", `so the tests of the rules of ${teams} were not run`));
    return;
  }
  const faults = failedTeamTests(promtool, files);
  console.log(`promtool: ${faults.length === 0 ? "passes" : "fails"} the tests of the rules of ${teams}`);
  refuseAny(faults, title);
}

/** A fault for each file of tests that promtool does not pass. */
export function failedTeamTests(promtool: Run, files: readonly TeamFile[]): readonly Fault[] {
  const root = mkdtempSync(join(tmpdir(), "team-tests-"));
  try {
    // In the same folders, because tests name their rules by relative paths.
    for (const { path, text } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return files
      .filter(({ folder }) => folder === "tests")
      .flatMap(({ path }) => {
        const { failure } = promtool("test", "rules", join(root, path));
        return failure === undefined ? [] : testFault(path, failure.replaceAll(`${root}/`, "").trim());
      });
  } finally {
    rmSync(root, { recursive: true });
  }
}

function testFault(path: string, value: string): Fault {
  const remedy = `correct the rule or the test; \`promtool test rules ${path}\` runs it alone`;
  return { place: path, rule: "must pass `promtool test rules`", value, remedy };
}
