import { CommandError } from "../../commands/command";
import type { QueryCost } from "./ask-dashboard";
import type { Panels, SameQuestion } from "./same-questions";

/** The cost of every query, by the title of the dashboard. */
export type Load = ReadonlyMap<string, readonly QueryCost[]>;

/** The share of the other dashboard's samples that ours may read for the same question. */
const most = 1 / 3;

/** Number of samples below which a comparison is meaningless. */
const few = 100;

export interface Compared {
  readonly asks: string;
  readonly ours: Read;
  readonly theirs: Read;
  /** Samples are compared only where both have an answer and theirs reads at least `few` samples. */
  readonly verdict:
    | "met"
    | "missed"
    | "too few"
    | "theirs has no answer"
    | "ours has no answer"
    | "ours awaits an event"
    | "neither answers";
}

/** The samples that the panels of one side read for a question. */
interface Read {
  readonly panels: string;
  readonly samples: number;
  readonly answered: boolean;
  /** Whether each panel explains an empty answer, with a text such as "none yet". */
  readonly explained: boolean;
}

/** @returns a comparison for each question whose other dashboard was queried */
export function compare(questions: readonly SameQuestion[], ours: Load, theirs: Load): readonly Compared[] {
  return questions
    .filter((question) => theirs.has(question.theirs.dashboard))
    .map(({ asks, ours: our, theirs: their }) => {
      const read = { ours: readBy(our, ours), theirs: readBy(their, theirs) };
      return { asks, ...read, verdict: verdictOf(read.ours, read.theirs) };
    });
}

function readBy({ dashboard, panels }: Panels, load: Load): Read {
  const asked = panels.flatMap((panel) => askedBy(panel, dashboard, load));
  return {
    panels: `${dashboard}: ${panels.join(", ")}`,
    samples: asked.reduce((sum, { samples }) => sum + samples, 0),
    // `scalar` and `vector` return a result even if no series was found.
    answered: asked.some(({ outcome, samples }) => outcome === "answered" && samples > 0),
    explained: asked.every(({ question }) => question.empty !== undefined),
  };
}

function askedBy(panel: string, dashboard: string, load: Load): readonly QueryCost[] {
  const asked = (load.get(dashboard) ?? []).filter(({ question }) => question.panel === panel);
  if (asked.length === 0)
    throw new CommandError(
      `The dashboard "${dashboard}" has no panel "${panel}". Correct its title in bench/dashboards/same-questions.ts.`,
    );
  return asked;
}

function verdictOf(ours: Read, theirs: Read): Compared["verdict"] {
  if (!theirs.answered) return ours.answered ? "theirs has no answer" : "neither answers";
  if (!ours.answered) return ours.explained ? "ours awaits an event" : "ours has no answer";
  if (theirs.samples < few) return "too few";
  return ours.samples <= most * theirs.samples ? "met" : "missed";
}
