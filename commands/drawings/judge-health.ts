import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelFacts, SeriesFacts } from "../../preview/src/facts";
import type { Flaw } from "./judge-panel";

/** Faults of a panel that shows a problem while the system is healthy. */
export function judgeQuiet(facts: PanelFacts, panel: Panel): Flaw[] {
  const alarming = facts.values.filter(({ means }) => means === "watch" || means === "act").map(({ text }) => text);
  const beyond = facts.series.filter((one) => passesLimit(one, panel, ["red"]));
  return [
    ...alarming.map((value) => ({
      rule: "must not be yellow or red while the system is healthy",
      value,
      remedy: "correct the limit or the query",
    })),
    ...beyond.map(({ legend, min, max }) => ({
      rule: "must not pass its limit while the system is healthy",
      value: `${legend}: ${min} to ${max}`,
      remedy: "correct the limit or the query",
    })),
    ...facts.limits
      .filter(({ area }) => area)
      .map(({ value }) => ({
        rule: "must not colour an area that no value reaches",
        value: `beyond ${value}`,
        remedy: "draw the limit as a line",
      })),
  ];
}

/** Faults of a panel that looks healthy while its alert fires. */
export function judgeTrouble(facts: PanelFacts, panel: Panel, alert: string): Flaw[] {
  // If two alerts share a panel, the less severe one has the yellow limit.
  if (facts.series.some((one) => passesLimit(one, panel, ["yellow", "red"]))) return [];
  return [
    {
      rule: `must show a value beyond its limit while ${alert} fires`,
      remedy: "show the measure of the alert, with its limit",
    },
  ];
}

/**
 * Whether a value of a series is inside a step of these colours. The limit itself is not: alerts compare with `>` and
 * `<`.
 */
function passesLimit({ min, max }: SeriesFacts, { fieldConfig }: Panel, colours: readonly string[]): boolean {
  const steps = fieldConfig?.defaults.thresholds?.steps ?? [];
  return steps.some(({ color, value }, index) => {
    if (!colours.includes(color)) return false;
    const [from, to] = [value ?? Number.NEGATIVE_INFINITY, steps[index + 1]?.value ?? Number.POSITIVE_INFINITY];
    return [min, max].some((found) => found !== null && found > from && found < to);
  });
}
