import { type Fault, Faults, mergeFaults } from "../faults";
import { synthesize } from "../main";
import { validate } from "../settings/validate";
import { local } from "./fixtures/local";
import { production } from "./fixtures/production";
import { staging } from "./fixtures/staging";

const misspelt: Fault = {
  place: "alerts/shop/shop-down.ts",
  rule: 'unknown metric "upp"',
  remedy: 'did you mean "up"?',
};

describe("a fault of several environments", () => {
  test("is reported once with their names", () => {
    expect(message(mergeFaults({ local: [misspelt], staging: [], production: [misspelt] }))).toBe(
      "1 fault; nothing was written:\n" +
        '- alerts/shop/shop-down.ts: unknown metric "upp"\n' +
        '    did you mean "up"?\n' +
        "    in local, production",
    );
  });

  test("is reported separately if its value differs", () => {
    const merged = mergeFaults({ local: [{ ...misspelt, value: "1" }], production: [{ ...misspelt, value: "2" }] });
    expect(merged.map(({ value, environments }) => [value, environments])).toEqual([
      ["1", ["local"]],
      ["2", ["production"]],
    ]);
  });

  test("is reported with their files if it is in config/", () => {
    const wrong = [local, staging, production].map((environment) => ({
      ...environment,
      prometheus: { ...environment.prometheus, retention: "a week" },
    }));
    expect(refusal(() => validate(wrong))).toMatch(
      /^1 fault; .*\n- config\/local\.ts, config\/staging\.ts, config\/production\.ts: prometheus\.retention: /,
    );
  });

  test("is reported with their files first if metrics contradict a setting", () => {
    const wrong = [staging, production].map(({ erp, ...environment }) => {
      const latency = { ...erp.slos.latency, threshold: 0.6 };
      return { ...environment, erp: { ...erp, slos: { ...erp.slos, latency } } };
    });
    expect(refusal(() => synthesize(wrong))).toMatch(
      /^1 fault; .*\n- config\/staging\.ts, config\/production\.ts: erp\.slos\.latency\.threshold: /,
    );
  });
});

describe("faults that one mistake has caused", () => {
  const at = (number: number): Fault => ({ ...misspelt, place: `alerts/shop/shop-${number}.ts` });

  test("are printed as one with their number", () => {
    expect(message([at(1), { ...misspelt, rule: "must be short" }, at(2), at(3), at(4)])).toBe(
      [
        "2 faults at 5 places; nothing was written:",
        '- alerts/shop/shop-1.ts: unknown metric "upp"',
        '    did you mean "up"?',
        "    the same at alerts/shop/shop-2.ts",
        "    and at 2 other places",
        "- alerts/shop/shop-down.ts: must be short",
        '    did you mean "up"?',
      ].join("\n"),
    );
  });

  test("are printed one by one if they are few", () => {
    expect(message([at(1), at(2), at(3)])).toMatch(/^3 faults; .*shop-1.*shop-2.*shop-3/s);
  });

  test("are printed as one although each shows its expression", () => {
    const shown = [1, 2, 3, 4].map((number) => ({ ...at(number), rule: `${misspelt.rule}\n    upp + ${number}` }));
    expect(message(shown)).toContain("1 fault at 4 places");
  });
});

function message(faults: readonly Fault[]): string {
  return new Faults(faults).message;
}

function refusal(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Faults) return error.message;
    throw error;
  }
}
