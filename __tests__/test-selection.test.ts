import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { selectTests, testTitles } from "../commands/test-selection";

const sources = new Map([
  [
    join("__tests__", "shop-orders.test.ts"),
    `describe("an order", () => {
  test("is paid once", () => {});
  test.each([1, 2])("of %d items is refused when it is empty", () => {});
});
describeWith("promtool", "orders in Prometheus", () => {
  test.each<[string, number]>([
    ["a", 1],
  ])(
    "are counted by $name",
    () => {},
  );
});`,
  ],
  [join("__tests__", "shop-stock.test.ts"), 'test("Stock that is empty is ordered", () => say("paid"));'],
  [join("erp", "tests", "test_orders.py"), "def test_an_order_is_paid():\n    pass\n"],
]);

const selected = (...words: string[]) =>
  selectTests(words, sources).map(({ files, pattern }) => [
    files.map((file) => file.split(/[\\/]/).at(-1)).join(),
    pattern,
  ]);

test("a word in the path of a file selects all of its tests", () => {
  expect(selected("shop-orders")).toEqual([["shop-orders.test.ts", undefined]]);
  expect(selected("ORDERS")).toEqual([["shop-orders.test.ts,test_orders.py", undefined]]);
});

test("other words must be in the name of a test or of its group, but not elsewhere in the file", () => {
  expect(selected("paid")).toEqual([["shop-orders.test.ts,test_orders.py", "^(?=.*paid)"]]);
  expect(selected("counted")).toEqual([["shop-orders.test.ts", "^(?=.*counted)"]]);
  expect(selected("orders", "empty")).toEqual([["shop-orders.test.ts", "^(?=.*empty)"]]);
  expect(selected("empty", "shop")).toEqual([["shop-orders.test.ts,shop-stock.test.ts", "^(?=.*empty)"]]);
});

test("the order of the words does not matter, and every word is needed", () => {
  const [[, pattern] = []] = selected("once paid", "order is");
  expect("an order is paid once").toMatch(new RegExp(`${pattern}`));
  expect("an order is paid").not.toMatch(new RegExp(`${pattern}`));
  expect(selected("once", "twice")).toEqual([]);
});

test("names are found in every form of a test", () => {
  expect(testTitles(sources.get(join("__tests__", "shop-orders.test.ts")) ?? "")).toEqual([
    "an order",
    "is paid once",
    "of %d items is refused when it is empty",
    "orders in Prometheus",
    "are counted by $name",
  ]);
});

describe("npm test with words", () => {
  const npmTest = (...words: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", join("commands", "test.ts"), ...words], {
      cwd: join(__dirname, ".."),
      encoding: "utf8",
    });

  test("runs the tests that match, and no other check", () => {
    const { stdout, status } = npmTest("faults.test", "of several environments");
    expect(stdout).not.toMatch(/format and lint|types/);
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^[1-9] passed, 0 failed, 0 skipped$/);
    expect(status).toBe(0);
  });

  test("fails when nothing matches, and names the command that runs what matches", () => {
    const { stderr, status } = npmTest("pictures.test");
    expect(status).toBe(1);
    expect(stderr).toContain("No test of `npm test` matches: pictures.test");
    expect(stderr).toContain(`${join("__tests__", "drawn", "pictures.test.ts")} matches too: npm run test:drawn`);
  });
});
