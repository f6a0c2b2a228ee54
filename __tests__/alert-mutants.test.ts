import { contributions } from "../subjects/listings";
import { brokenAlerts, knownSurvivors, remedyFor, sample, seed, undetected, unexplained } from "./alert-mutants";
import { everything } from "./fixtures/everything";
import { describeWith } from "./tools";
import { wantedMutants } from "./wanted-mutants";

const { fileOf } = contributions(everything);
const made = brokenAlerts();
/** All mistakes, or those in the alert that the environment variable ALERT names. */
const all = made.filter(({ original }) => [undefined, original.name].includes(process.env.ALERT));

describeWith("promtool", "mistakes in alerts", (promtool) => {
  test("are found by a check or by a scenario: a sample of all of them", () => {
    const meant = all.filter(({ equivalent }) => equivalent === undefined);
    const chosen = process.env.ALERT === undefined ? sample(meant, seed) : meant;
    expect(chosen.length).toBeGreaterThan(0);
    const known = new Set(knownSurvivors().map(({ mutant }) => mutant));
    const missed = undetected(promtool, chosen).filter(({ key }) => !known.has(key));
    expect(missed.map((one) => `${fileOf(one.original)}: ${remedyFor(one)}`)).toEqual([]);
  });
});

test("what is known not to be found is explained, exists, and is none of the worst", () => {
  const keys = new Set(made.map(({ key }) => key));
  const worst = new Set(wantedMutants(made).map(({ key }) => key));
  const wrong = knownSurvivors().flatMap(({ mutant, reason }) => [
    ...(reason === unexplained ? [`${mutant}: write the reason into known-survivors.yaml, or add a scenario`] : []),
    ...(keys.has(mutant) ? [] : [`${mutant}: there is no such mutant: remove it from known-survivors.yaml`]),
    ...(worst.has(mutant) ? [`${mutant}: must be found: add a scenario`] : []),
  ]);
  expect(wrong).toEqual([]);
});
