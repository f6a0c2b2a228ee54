import { CommandError } from "../../commands/command";
import type { Asked } from "./asked";
import type { Panels, SameQuestion } from "./same-questions";

/** What became of every question of each dashboard, by its title. */
export type Load = ReadonlyMap<string, readonly Asked[]>;

/** The share of their samples that ours may read for the same question. */
const most = 1 / 3;

/** Samples below which there is nothing to save. */
const few = 100;

export interface Compared {
  readonly asks: string;
  readonly ours: Read;
  readonly theirs: Read;
  /** Samples are compared only where both have an answer, and theirs cost something. */
  readonly verdict:
    | "met"
    | "missed"
    | "too few"
    | "theirs has no answer"
    | "ours has no answer"
    | "ours awaits an event"
    | "neither answers";
}

/** What panels read for a question. */
interface Read {
  readonly panels: string;
  readonly samples: number;
  readonly answered: boolean;
  /** Whether each panel explains an empty answer: "none yet". */
  readonly explained: boolean;
}

/** @returns a comparison for each question whose dashboard of theirs was asked */
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
    // A `scalar` or a `vector` has a result where nothing was found.
    answered: asked.some(({ outcome, samples }) => outcome === "answered" && samples > 0),
    explained: asked.every(({ question }) => question.empty !== undefined),
  };
}

function askedBy(panel: string, dashboard: string, load: Load): readonly Asked[] {
  const asked = (load.get(dashboard) ?? []).filter(({ question }) => question.panel === panel);
  if (asked.length === 0) throw new CommandError(`The dashboard "${dashboard}" has no panel "${panel}".`);
  return asked;
}

function verdictOf(ours: Read, theirs: Read): Compared["verdict"] {
  if (!theirs.answered) return ours.answered ? "theirs has no answer" : "neither answers";
  if (!ours.answered) return ours.explained ? "ours awaits an event" : "ours has no answer";
  if (theirs.samples < few) return "too few";
  return ours.samples <= most * theirs.samples ? "met" : "missed";
}
