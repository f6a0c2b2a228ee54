import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelFacts, SeriesFacts } from "../../preview/src/facts";
import type { Flaw } from "./judge-panel";

/** Faults of a panel that looks like trouble while the system is healthy. */
export function judgeQuiet(drawn: PanelFacts, panel: Panel): Flaw[] {
  const alarming = drawn.values.filter(({ means }) => means === "watch" || means === "act").map(({ text }) => text);
  const beyond = drawn.series.filter((one) => passesLimit(one, panel, ["red"]));
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
    ...drawn.limits
      .filter(({ area }) => area)
      .map(({ value }) => ({
        rule: "must not tint an area that no value reaches",
        value: `beyond ${value}`,
        remedy: "draw the limit as a line",
      })),
  ];
}

/** Faults of a panel that looks healthy while the alert fires that it shows. */
export function judgeTrouble(drawn: PanelFacts, panel: Panel, alert: string): Flaw[] {
  // Where two alerts share a panel, the milder one has the yellow limit.
  if (drawn.series.some((one) => passesLimit(one, panel, ["yellow", "red"]))) return [];
  return [
    {
      rule: `must show a value beyond its limit while ${alert} fires`,
      remedy: "show what the alert measures, with its limit",
    },
  ];
}

/** Whether some value of a series lies within steps of these colours. The limit itself is no trouble: alerts compare by `>` and `<`. */
function passesLimit({ min, max }: SeriesFacts, { fieldConfig }: Panel, colours: readonly string[]): boolean {
  const steps = fieldConfig?.defaults.thresholds?.steps ?? [];
  return steps.some(({ color, value }, index) => {
    if (!colours.includes(color)) return false;
    const [from, to] = [value ?? Number.NEGATIVE_INFINITY, steps[index + 1]?.value ?? Number.POSITIVE_INFINITY];
    return [min, max].some((found) => found !== null && found > from && found < to);
  });
}
