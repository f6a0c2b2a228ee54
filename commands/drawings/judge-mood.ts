import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelFacts } from "../../preview/src/facts";
import type { Flaw } from "./judge-panel";

/** Faults of a panel that looks like trouble while the system is healthy. */
export function judgeQuiet(drawn: PanelFacts, panel: Panel): Flaw[] {
  const alarming = drawn.values.filter(({ means }) => means === "watch" || means === "act").map(({ text }) => text);
  const beyond = drawn.series.filter((one) => extremes(one).some((value) => meaningOf(value, panel) === "red"));
  return [
    ...alarming.map((value) => ({
      rule: "must not be yellow or red while the system is healthy",
      value,
      remedy: "correct the limit or the query",
    })),
    ...beyond.map(({ legend }) => ({
      rule: "must not pass its limit while the system is healthy",
      value: legend,
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
  const shown = drawn.series.some((one) => extremes(one).some((value) => meaningOf(value, panel) === "red"));
  return shown
    ? []
    : [
        {
          rule: `must show a value beyond its limit while ${alert} fires`,
          remedy: "show what the alert measures, with its limit",
        },
      ];
}

function extremes({ min, max }: PanelFacts["series"][number]): readonly number[] {
  return [min, max].filter((value) => value !== null);
}

/** The colour of the step that a value falls in. */
function meaningOf(value: number, { fieldConfig }: Panel): string | undefined {
  const steps = fieldConfig?.defaults.thresholds?.steps ?? [];
  return steps.filter((step) => step.value === null || step.value === undefined || value >= step.value).at(-1)?.color;
}
