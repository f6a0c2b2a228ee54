import type { AnyAlert } from "../../kit/alerts/alert";
import type { Claim } from "../../kit/alerts/stories/claims";
import { drawnSeries, extremeValue, isSameThing } from "./drawn-series";
import type { Paint } from "./paint";
import type { PlayedScenario } from "./played-scenario";
import { columnsFor, limitCell, plot, timeAxis } from "./plot";
import { type EvaluatedSeries, mostSevere, type State, stateAt } from "./timeline";

/** Characters of the lines `alert` and `expected`. */
const cells: Readonly<Record<State, string>> = { silent: "·", pending: "░", firing: "█" };

/** The key to the drawings. */
export function legend(paint: Paint, { provided }: Pick<AnyAlert, "provided">): string {
  return [
    `${cells.silent} silent`,
    paint("pending", `${cells.pending} pending`),
    paint("firing", `${cells.firing} firing`),
    `${paint("limit", limitCell)} limit`,
    `${paint("failed", missed)} not as expected`,
    ...(provided ? [`${holding} \`provided\` holds`] : []),
  ].join("  ");
}

/** Marks the evaluations at which `provided` holds. */
const holding = "═";

/**
 * The measure against its limit, and below it when the alert is silent, pending and firing, and what is expected of it.
 * @param width columns of the terminal
 */
export function scenarioDrawing(
  alert: AnyAlert,
  played: PlayedScenario,
  width: number,
  paint: Paint,
): readonly string[] {
  const { timeline, claims } = played;
  const { seconds } = timeline;
  const series = drawnSeries(alert, timeline);
  const plots = series.flatMap((one, index) =>
    one === undefined ? [] : [{ name: index === 0 ? "measure" : "confirmedBy", series: one }],
  );
  const columns = columnsFor(seconds.length, width - gutter - 1);
  const inColumn = <Value>(valueAt: (second: number) => Value) =>
    columns.map(([from, to]) => seconds.slice(from, to).map(valueAt));
  const height = plots.length > 1 ? 3 : 5;
  const drawn = plots.flatMap(({ name, series: { values } }) => [
    ...(plots.length > 1 ? [line("", paint("aside", `${name}:`))] : []),
    ...plot(
      inColumn((second) => values.get(second)).map((found) =>
        extremeValue(
          alert,
          found.filter((value) => value !== undefined),
        ),
      ),
      alert,
      height,
    ).map(({ label, cells: text, limit }) =>
      line(
        label,
        text.replaceAll(/╌+/g, (part) => paint("limit", part)),
        limit ? "┤" : "│",
      ),
    ),
  ]);
  const states = inColumn((second) => stateAt(timeline.alerts, second)).map(mostSevere);
  const expected = inColumn((second) => expectedCell(claims, second, stateAt(timeline.alerts, second))).map((found) =>
    ([missed, "firing", "silent"] as const).find((one) => found.includes(one)),
  );
  const [step = 0] = seconds.slice(1);
  const perColumn = ((seconds.length - 1) * step + step) / columns.length;
  return [
    ...(drawn.length > 0 ? drawn : [line("measure", paint("aside", "no value"))]),
    ...(timeline.provided ? [line("provided", heldText(alert, timeline.provided, series[0], inColumn))] : []),
    line("alert", stateCells(states, paint)),
    line("expected", stateCells(expected, paint)),
    line("", paint("aside", timeAxis(columns.length, perColumn)), " "),
  ];
}

/** Width of the labels at the left of a drawing. */
const gutter = 14;

function line(label: string, text: string, border = "│"): string {
  return `${label.padStart(gutter - 1)} ${border}${text}`.trimEnd();
}

function heldText(
  alert: AnyAlert,
  provided: readonly EvaluatedSeries[],
  drawn: EvaluatedSeries | undefined,
  inColumn: (valueAt: (second: number) => boolean) => readonly (readonly boolean[])[],
): string {
  const own = provided.filter(({ labels }) => drawn === undefined || isSameThing(alert, labels, drawn.labels));
  return inColumn((second) => own.some(({ values }) => values.has(second)))
    .map((held) => (held.includes(true) ? holding : " "))
    .join("");
}

/** Marks the evaluations at which the alert is not in the expected state. */
const missed = "✗";

/** The state that a scenario demands at an evaluation, or a mark where the alert is in another one. */
function expectedCell(
  claims: PlayedScenario["claims"],
  second: number,
  found: State,
): State | typeof missed | undefined {
  const states = claims.map(({ claim }) => expectedState(claim, second));
  const expected = (["firing", "silent"] as const).find((state) => states.includes(state));
  if (expected === undefined) return undefined;
  return (expected === "firing") === (found === "firing") ? expected : missed;
}

/** The state that a claim demands at an evaluation. @returns undefined where it leaves the state open */
function expectedState(claim: Claim, second: number): State | undefined {
  switch (claim.kind) {
    case "silent until":
    case "never fires":
      return second <= claim.seconds ? "silent" : undefined;
    case "firing by":
    case "still firing at":
      return second === claim.seconds ? "firing" : undefined;
    case "resolved by":
      return second === claim.seconds ? "silent" : undefined;
    default:
      return undefined;
  }
}

function stateCells(states: readonly (State | typeof missed | undefined)[], paint: Paint): string {
  return states
    .map((state) => {
      switch (state) {
        case undefined:
          return " ";
        case missed:
          return paint("failed", missed);
        case "silent":
          return cells.silent;
        default:
          return paint(state, cells[state]);
      }
    })
    .join("");
}
