import fc from "fast-check";
import { z } from "zod";
import { type Judgement, judge } from "./properties/judge";
import { mistakesIn } from "./properties/mistakes";
import { outputless, unreadSettings } from "./properties/outputless-settings";
import { judgeBroken, judgeValid } from "./properties/properties";
import { recordReads } from "./properties/record-reads";
import { schemaValues } from "./properties/schema-values";
import { accepts, settingsIn } from "./properties/settings-in";

/** Always the same, so that a change fails only because of its own faults. `npm run test:properties` tries others. */
const seed = Number(process.env.PROPERTY_SEED ?? 27);

test("every accepted environment has signals without faults, and is rendered in full", () => {
  expectHolds(judgeValid({ seed, runs: 30 }));
});

test("every environment with one mistake is refused with one fault, at the mistake", () => {
  expectHolds(judgeBroken({ seed, runs: 5_000 }));
});

test("every setting is read when the stacks and the signals are made, or is listed with its use", () => {
  expect(unreadSettings()).toEqual(Object.keys(outputless).sort());
});

function expectHolds({ holds, text }: Judgement): void {
  process.stderr.write(`${text}\n`);
  if (!holds) throw new Error(text);
}

describe("a setting that is added to the schema", () => {
  const schema = z.strictObject({
    shares: z.record(z.string().regex(/^(?!x)[a-z]{2,4}$/), z.number().gt(0).lt(1)).optional(),
    mode: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("on"), size: z.int().min(3).max(9) }),
      z.strictObject({ kind: z.literal("off") }),
    ]),
    zone: z
      .string()
      .refine((zone) => zone === "Europe/Berlin")
      .meta({ examples: ["Europe/Berlin"] }),
  });
  const given = { shares: { ab: 0.5 }, mode: { kind: "on", size: 3 }, zone: "Europe/Berlin" };

  test("gets values that the schema accepts, in all of its forms", () => {
    const values = fc.sample(schemaValues(new Map())(schema), { numRuns: 200, seed: 1 });
    expect(values.filter((value) => !accepts(schema, value))).toEqual([]);
    const kinds = values.map((value) => (value as typeof given).mode.kind);
    expect(new Set(kinds)).toEqual(new Set(["on", "off"]));
  });

  test("is broken in the ways that its schema refuses", () => {
    const found = settingsIn(schema, given).flatMap((setting) =>
      fc
        .sample(fc.oneof(...mistakesIn(setting)), { numRuns: 100, seed: 1 })
        .map(({ path, kind }) => `${path.join(".")}: ${kind}`),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        "shares: wrong type",
        "shares.ab: out of range",
        "mode: missing key",
        "mode.kind: unknown word",
        "mode.size: in quotes",
        "mode.sizes: unknown key",
        "zone: white space at an end",
        "zone: wrong pattern",
      ]),
    );
    // An optional setting may be left out, and an entry of a record, too.
    expect(found).not.toContain("shares: missing key");
    expect(found).not.toContain("shares.ab: missing key");
  });

  test("must have an example if a function checks it", () => {
    const hidden = z.strictObject({ zone: z.string().refine((zone) => zone === "Europe/Berlin") });
    expect(() => schemaValues(new Map())(hidden)).toThrow(/add examples to its metadata/);
  });

  test("is not read if nothing uses it", () => {
    const { recorded, reads } = recordReads(given);
    expect(JSON.stringify({ ...recorded.mode, zone: recorded.zone })).toBe(
      '{"kind":"on","size":3,"zone":"Europe/Berlin"}',
    );
    expect([...reads].filter((path) => !path.includes("toJSON"))).toEqual([
      '["mode","kind"]',
      '["mode","size"]',
      '["zone"]',
    ]);
  });
});

test("a property that does not hold is reported with its seed, its path and the smallest counterexample", () => {
  const words = fc.string().map((word) => ({ text: JSON.stringify(word), word }));
  const { holds, text } = judge("short words", words, ({ word }) => (word.length > 3 ? ["too long"] : []), {
    seed: 1,
    runs: 100,
  });
  expect(holds).toBe(false);
  expect(text.replace(/\d+\.\d s/, "… s")).toMatch(
    /^short words: \d+ tried, 0 % of the generated ones discarded, seed 1, … s\nFAILED, path \d+(:\d+)*, smallest counterexample after \d+ reductions:\n".{4}"\nError: too long$/,
  );
});
