import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contributions } from "../subjects/listings";
import { everything } from "./fixtures/everything";

const page = readFileSync(join(__dirname, "..", "docs", "alert-coverage.md"), "utf8");
/** The cells of each row of a table, without its head. */
const rows = page
  .split("\n")
  .filter((line) => /^\| (?!Theirs|State)/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

describe("the page that compares our alerts with alerts of other projects", () => {
  test("names only alerts of ours that exist", () => {
    const { alerts, logAlerts } = contributions(everything);
    const ours = new Set([...alerts, ...logAlerts].map(({ name }) => name));
    const named = rows.flatMap(([, , cell = ""]) => cell.match(/\w+/g) ?? []);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((name) => !ours.has(name))).toEqual([]);
  });

  test("lists for each of their alerts one of ours, or a reason", () => {
    const unexplained = rows.filter(([, , ours, why]) => !/^`/.test(ours ?? "") && !(ours === "–" && why));
    expect(unexplained.map(([, theirs]) => theirs)).toEqual([]);
  });

  test("names the commit of each list", () => {
    const sections = page
      .split(/^## /m)
      .slice(1)
      .filter((section) => section.includes("\n|---"));
    expect(sections).toHaveLength(9);
    expect(sections.filter((section) => !/ at `[0-9a-f]{7}`|as of `[0-9a-f]{7}`/.test(section))).toEqual([]);
  });
});
