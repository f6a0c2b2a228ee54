import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const text = (path: string) => readFileSync(join(root, path), "utf8");
const rows = text("docs/reported-elsewhere.md")
  .split("\n")
  .filter((line) => line.startsWith("| ["))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

/** The files and names of the tests in a cell such as `` `one.test.ts`: a name; `two.test.ts`: another name ``. */
function testsIn(cell: string): readonly { readonly file: string; readonly name: string }[] {
  return cell
    .split(/; (?=`)/)
    .map((one) => /^`([^`]+)`: (.+)$/.exec(one))
    .flatMap((match) => (match ? [{ file: match[1] ?? "", name: match[2] ?? "" }] : []));
}

/** Whether a file has a test with this name, or a row or a scenario whose name it is. */
function hasTest({ file, name }: { readonly file: string; readonly name: string }): boolean {
  if (!existsSync(join(root, file))) return false;
  const source = text(file);
  return file.endsWith(".py") ? source.includes(`def ${name}(`) : source.includes(`"${name}"`);
}

test("each report has a row with its link, the symptom, how it was tried, and its tests", () => {
  expect(rows.length).toBeGreaterThan(0);
  const malformed = rows.filter(
    ([, link = "", symptom, tried, tests = "", ...rest]) =>
      !/^\[([\w.-]+\/[\w.-]+)#(\d+)\]\(https:\/\/github\.com\/\1\/(issues|pull)\/\2\)$/.test(link) ||
      !symptom ||
      !tried ||
      !(tests === "none" || testsIn(tests).length > 0) ||
      rest.join("") !== "",
  );
  expect(malformed).toEqual([]);
  const links = rows.map(([, link]) => link);
  expect(links.filter((link, index) => links.indexOf(link) !== index)).toEqual([]);
});

test("each test that the page names exists", () => {
  const named = rows.flatMap(([, , , , tests = ""]) => testsIn(tests));
  expect(named.length).toBeGreaterThanOrEqual(rows.length - 1);
  expect(named.filter((one) => !hasTest(one))).toEqual([]);
});
