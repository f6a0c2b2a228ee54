import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { nodeVersionAdvice } from "../commands/node-version";

const { satisfies } = jest.requireActual<{ satisfies(version: string, range: string): boolean }>("semver");

const text = (path: string) => readFileSync(join(__dirname, "..", path), "utf8");
const range: string = JSON.parse(text("package.json")).engines.node;

/** The lowest version of each release line: `20.12.0`. */
const lowest = range.split(" || ").map((line) => line.replace("^", ""));
const lines = lowest.map((version) => Number(version.split(".")[0]));

describe("versions of Node", () => {
  test.each(lowest)("%s is supported by every package in the lock file", (version) => {
    const packages: [string, { readonly engines?: { readonly node?: string } }][] = Object.entries(
      JSON.parse(text("package-lock.json")).packages,
    );
    const refusing = packages.filter(([, { engines }]) => engines?.node && !satisfies(version, engines.node));
    expect(refusing.map(([path]) => path)).toEqual([]);
  });

  test("in .nvmrc is the newest supported one", () => {
    expect(Number(text(".nvmrc"))).toBe(Math.max(...lines));
  });

  test("are all in the workflows: with the fast commands for each pull request, and with all tests at least every night", () => {
    const [pullRequest, nightly] = ["pull-request", "nightly"].map((name) =>
      parse(text(`.github/workflows/${name}.yml`)),
    );
    expect(pullRequest.jobs.settings.strategy.matrix.node).toEqual(lines);
    expect([...nightly.jobs.test.strategy.matrix.node, pullRequest.jobs.test.with.node].map(Number)).toEqual(lines);
  });

  test("without security fixes cause a warning of one line", () => {
    expect(nodeVersionAdvice("20.20.2")).toMatch(/^Node 20 .* use Node 24\..*$/);
    expect(nodeVersionAdvice("22.13.0")).toBeUndefined();
    expect(nodeVersionAdvice("24.0.0")).toBeUndefined();
  });
});
