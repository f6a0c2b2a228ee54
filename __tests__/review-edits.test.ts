import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareSynths } from "../commands/comparison/compare-synths";
import { reviewLines } from "../commands/review/review-lines";
import { reviewText } from "../commands/review/review-text";
import { givenProject, synthesizeProject } from "./reviews/edited-project";
import { reviewedEdits } from "./reviews/edits";

const root = mkdtempSync(join(tmpdir(), "review-"));
const before = join(root, "before");

beforeAll(() => synthesizeProject(givenProject, before), 120_000);
afterAll(() => rmSync(root, { recursive: true }));

test.each(reviewedEdits)(
  "the review of an edit of $title reads as a colleague would write it",
  ({ title, edit, review }) => {
    const after = join(root, title);
    synthesizeProject(edit(givenProject), after);
    const scope = { environments: ["local", "staging", "production"], most: 8 };
    const text = reviewText(reviewLines(compareSynths(before, after).changes, scope));
    expect(text.replace(/\d+(?= (?:\w+ )?(?:alerts|dashboards|objects)\b)/g, "<n>")).toBe(review);
  },
  120_000,
);
