import { failedTeamTests } from "../../commands/team-tests";
import { type TeamFile, teamFiles } from "../../settings/team-files";
import type { Invariant } from "./invariant";
import { judgeTexts } from "./judge-texts";

/** promtool runs the tests of the files of teams. */
export const passedTests: Invariant = {
  name: "the tests of the rules in config/teams/ pass",
  needs: "promtool",
  faults: (all, promtool) =>
    judgeTexts(
      all,
      ({ environments }) => [
        ...new Set(
          environments.flatMap(({ [teamFiles]: files = [] }) => (files.length > 0 ? JSON.stringify(files) : [])),
        ),
      ],
      (texts) =>
        new Map([...texts].map((text) => [text, failedTeamTests(promtool, JSON.parse(text) as readonly TeamFile[])])),
    ),
};
