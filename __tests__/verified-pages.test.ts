import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readFaultRecords, writeFaultsPage } from "./cluster/faults-page";
import { readRecords, writePage } from "./cluster/recorded-stories";
import { stories } from "./cluster/stories/stories";

const docs = join(__dirname, "..", "docs");
const page = readFileSync(join(docs, "verified-live.md"), "utf8");
const faults = readFileSync(join(docs, "faults.md"), "utf8");

describe("the page of the stories", () => {
  test("is equal to the page that is written from its records", () => {
    expect(writePage(readRecords(page))).toBe(page);
  });

  test("has a row for each story, in their order", () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(stories.map(({ name }) => name));
  });

  test("keeps the other rows when a story is recorded", () => {
    const records = new Map(readRecords(page));
    const outage = { cells: ["failed", "1 s", "2030-01-01, commit 0000000, Kubernetes v1.40.0"], section: "Text" };
    const changed = readRecords(writePage(new Map([...records, ["outage", outage]])));
    expect(changed.get("outage")).toEqual(outage);
    records.delete("outage");
    for (const [name, record] of records) expect(changed.get(name)).toEqual(record);
  });
});

describe("the page of the faults", () => {
  test("is equal to the page that is written from its records", () => {
    expect(writeFaultsPage(readFaultRecords(faults))).toBe(faults);
  });

  test("keeps the other rows when a fault is recorded", () => {
    const records = new Map(readFaultRecords(faults));
    const outage = {
      seen: "ErpDown at the pager after 84 s",
      lost: "0 of 12 lines",
      result: "passed",
      recorded: "today",
    };
    const changed = readFaultRecords(writeFaultsPage(new Map([...records, ["outage", outage]])));
    expect(changed).toEqual(records.set("outage", outage));
  });
});

test("names of stories are short words, each used once, and their sentences fit on a line of the help", () => {
  const names = stories.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, proves } of stories) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(proves.length).toBeLessThanOrEqual(90);
    expect(proves).not.toMatch(/\.$|\|/);
  }
});
