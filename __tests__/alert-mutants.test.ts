import { contributions } from "../subjects/listings";
import { brokenAlerts, knownSurvivors, remedyFor, sample, seed, undetected, unexplained } from "./alert-mutants";
import { everything } from "./fixtures/everything";
import { describeWith } from "./tools";
import { wantedMutants } from "./wanted-mutants";

const { fileOf } = contributions(everything);
const mutants = brokenAlerts();
/** All mistakes, or those in the alert that the environment variable ALERT names. */
const all = mutants.filter(({ original }) => [undefined, original.name].includes(process.env.ALERT));

describeWith("promtool", "mistakes in alerts", (promtool) => {
  test("are detected by a check or by a scenario, in a sample of all mistakes", () => {
    const meant = all.filter(({ equivalent }) => equivalent === undefined);
    const chosen = process.env.ALERT === undefined ? sample(meant, seed) : meant;
    expect(chosen.length).toBeGreaterThan(0);
    const known = new Set(knownSurvivors().map(({ mutant }) => mutant));
    const missed = undetected(promtool, chosen).filter(({ key }) => !known.has(key));
    expect(missed.map((one) => `${fileOf(one.original)}: ${remedyFor(one)}`)).toEqual([]);
  });
});

test("the list of known survivors has a reason for each, and contains no unknown mutant and no wanted one", () => {
  const keys = new Set(mutants.map(({ key }) => key));
  const worst = new Set(wantedMutants(mutants).map(({ key }) => key));
  const wrong = knownSurvivors().flatMap(({ mutant, reason }) => [
    ...(reason === unexplained ? [`${mutant}: write the reason to known-survivors.yaml, or add a scenario`] : []),
    ...(keys.has(mutant) ? [] : [`${mutant}: this mutant does not exist: remove it from known-survivors.yaml`]),
    ...(worst.has(mutant) ? [`${mutant}: must be detected: add a scenario`] : []),
  ]);
  expect(wrong).toEqual([]);
});
