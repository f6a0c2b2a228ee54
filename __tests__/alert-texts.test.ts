import { shareText, valueText } from "../kit/alerts/value-text";
import { contributions } from "../subjects/listings";
import { type AlertText, flawsOf, storyTexts, textOf } from "./alert-texts";
import { everything } from "./fixtures/everything";
import { describeWith } from "./tools";

const { alerts, logAlerts, catalogue } = contributions(everything);

describeWith("promtool", "the texts of alerts, as Prometheus renders them", (promtool) => {
  let texts: readonly AlertText[];
  beforeAll(() => {
    texts = storyTexts(promtool, alerts, catalogue);
  }, 120_000);

  test("every alert has a text", () => {
    const described = new Set(texts.map(({ story }) => story.replace(/: .*$/, "")));
    expect(alerts.map(({ title }) => title).filter((title) => !described.has(title))).toEqual([]);
  });

  test("each text is readable with the value of its scenario", () => {
    const flawed = texts.filter(({ description }) => flawsOf(description).length > 0);
    expect(flawed.map(({ story, description }) => `${story}: ${description}`)).toEqual([]);
  });

  test.each(logAlerts)("the text of $name, which Loki renders, is readable too", ({ description }) => {
    const rendered = [1, 12.345, 0.0421, 123456].map((value) =>
      textOf(promtool, description, value, { app: "erp-api" }),
    );
    expect(rendered.flatMap((text = "") => flawsOf(text))).toEqual([]);
    expect(rendered.every(Boolean)).toBe(true);
  });

  test("pages about the error budget state the share of failing requests and the factor", () => {
    const [page] = texts.filter(({ story }) => story.startsWith("ErpErrorBudgetBurn 1h: "));
    expect(page?.description).toContain(
      "1.728% of the requests in erp failed, 17.3 times as many as the objective of 99.9 % in 30 days allows",
    );
  });

  test.each<[string, number, string]>([
    [valueText("count", "key"), 1.04, "1 key"],
    [valueText("count", "key"), 0, "0 keys"],
    [valueText("count", "key"), 12.345, "12 keys"],
    [valueText("count", "entry", "entries"), 123_456, "123.5k entries"],
    [valueText("count", "entry", "entries"), 1_234.5, "1.234k entries"],
    [valueText("factor"), 12_345.678, "12.35k"],
    [valueText("perSecond", "write"), 0.012, "0.012 writes per second"],
    [valueText("perSecond", "write"), 12_345.678, "12.35k writes per second"],
    [valueText("factor"), 17.2812345, "17.3"],
    [valueText("ratio"), 0.0421, "4.21%"],
    [valueText("seconds"), 0.25, "250ms"],
    [valueText("seconds"), 90, "1m 30s"],
    [valueText("bytes"), 1.5 * 2 ** 30, "1.5GiB"],
    [shareText(0.001), 17.28, "1.728%"],
  ])("%s of %d is %s", (template, value, text) => {
    expect(textOf(promtool, template, value)).toBe(text);
  });
});

test.each([
  ["Redis answers 12m writes per second with an error.", "a prefix for thousandths or less"],
  ["It threw away 1 keys.", "a plural after 1"],
  ["1 liveness probes failed.", "a plural after 1"],
  ["<no value> is down.", "the output of a failed template"],
  ["%!f(string=a) times", "the output of a failed template"],
  ["NaN% of the requests fail.", "the output of a failed template"],
  ["The pod  is down.", "an empty label"],
  ["In , requests fail.", "an empty label"],
  ["erp/ was started anew.", "an empty label"],
  ["It waits for 3.3333333333333335 keys.", "more than four digits"],
  ["It takes all but 100%.", "a complete failure worded as a partial one"],
])("%s has %s", (text, flaw) => {
  expect(flawsOf(text)).toEqual([flaw]);
});

test("durations, addresses and small shares have no flaws", () => {
  expect(flawsOf("10.0.0.1:8000 was last seen 1m 30s ago, 0.01234 times a second, in longer than 1 s.")).toEqual([]);
});
