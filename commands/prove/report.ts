import type { AnyAlert } from "../../kit/alerts/alert";
import { limitText, sideOf } from "../../kit/alerts/limit";
import { wrap } from "../wrap";
import { expectedText, foundText, unmetText } from "./finding";
import type { Paint } from "./paint";
import { hasPassed, type PlayedScenario } from "./played-scenario";
import { legend, scenarioDrawing } from "./scenario-drawing";

/** An alert of an environment, and where to find more about it. */
export interface ProvedAlert {
  readonly alert: AnyAlert;
  readonly environment: string;
  /** File of the alert. */
  readonly source: string;
  /** Dashboard and title of the panel that shows the alert. @default no panel shows it */
  readonly panel?: string;
  /** Path of the runbook. @default there is none */
  readonly runbook?: string;
}

/** Width of the terminal in columns, and a function that colours texts. */
export interface Terminal {
  readonly width: number;
  readonly paint: Paint;
}

/** The definition of the alert, and the places of its panel and its runbook. */
export function alertHeader({ alert, environment, source, panel, runbook }: ProvedAlert, terminal: Terminal): string {
  const { severity, service, measure, confirmedBy, provided, limit, for: lasting, keepFiringFor } = alert;
  const { paint, width } = terminal;
  const beyond = `${sideOf(alert)} ${limitText(limit)}`;
  const facts: readonly (readonly [string, string])[] = [
    ["measure", measure.text],
    ...(confirmedBy ? [["confirmedBy", confirmedBy.text] as const] : []),
    ...(provided ? [["provided", provided.text] as const] : []),
    [
      "fires",
      [
        confirmedBy ? `while both are ${beyond}` : `while the measure is ${beyond}`,
        ...(provided ? ["and `provided` holds"] : []),
        ...(lasting ? [`for ${lasting}`] : []),
        ...(keepFiringFor ? [`and ${keepFiringFor} longer`] : []),
      ].join(", "),
    ],
    ["panel", panel ?? "none shows this alert"],
    ["runbook", runbook ?? "missing"],
    ["source", source],
  ];
  return [
    `${paint("heading", alert.title)}  ${severity}, ${service}, in ${environment}`,
    ...facts.flatMap(([name, text]) => labelled(name, text, width)),
    "",
    `  ${legend(paint, alert)}`,
  ].join("\n");
}

/** A scenario with its drawing, its expectations, and what happened. */
export function scenarioReport(alert: AnyAlert, played: PlayedScenario, { width, paint }: Terminal): string {
  const unmet = unmetText(played);
  const found = [
    ...scenarioDrawing(alert, played, width, paint),
    ...labelled("expected", expectedText(played), width),
    ...labelled("found", foundText(alert, played), width),
    ...(unmet === "" ? [] : labelled("not met", unmet, width)),
  ];
  return [
    `${hasPassed(played) ? paint("passed", "passed") : paint("failed", "FAILED")}  ${paint("heading", played.title)}`,
    // Without values there is nothing to draw.
    ...(played.errors.length > 0 ? played.errors.flatMap((error) => labelled("error", error, width)) : found),
  ].join("\n");
}

const indent = 2;

/** Width of the names before the texts. */
const nameWidth = 13;

/** The text beside its name, broken at spaces where the terminal ends. */
function labelled(name: string, text: string, width: number): readonly string[] {
  const room = Math.max(20, width - indent - nameWidth);
  return wrap(text, room).map(
    (line, index) => `${" ".repeat(indent)}${(index === 0 ? name : "").padEnd(nameWidth)}${line}`,
  );
}
