import { formatAddress, parseAddress } from "../preview/src/address";
import { builtIn } from "../preview/src/variables/built-in";
import type { Value } from "../preview/src/variables/formats";
import { interpolate } from "../preview/src/variables/interpolate";
import { all, boundTo, type Variable, type VariableModel } from "../preview/src/variables/model";
import { applyRegex, customOptions, sortOptions } from "../preview/src/variables/options";
import { queryFormat } from "../preview/src/variables/query-formats";
import { resolveVariables } from "../preview/src/variables/resolve-variables";
import type { VariableSource } from "../preview/src/variables/results";

const values = (bound: Readonly<Record<string, Value>>) => (name: string) => {
  const value = bound[name];
  return value === undefined ? undefined : { value };
};

describe("a variable in a text", () => {
  test.each(["$host", "${host}", "[[host]]"])("can be written %s", (written) => {
    expect(interpolate(`up at ${written}.`, values({ host: "db-1" }))).toBe("up at db-1.");
  });

  test("that does not exist stays unchanged", () => {
    expect(interpolate('label_replace(x, "a", "$1", "b", "${c}")', values({}))).toBe(
      'label_replace(x, "a", "$1", "b", "${c}")',
    );
  });

  // https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
  test.each<[string, Value, string]>([
    ["csv", ["test1", "test2"], "test1,test2"],
    ["distributed", ["test1", "test2"], "test1,servers=test2"],
    ["doublequote", ["test1", "test2"], '"test1","test2"'],
    ["glob", ["test1", "test2"], "{test1,test2}"],
    ["json", ["test1", "test2"], '["test1","test2"]'],
    ["lucene", ["test1", "test2"], '("test1" OR "test2")'],
    ["percentencode", ["foo()bar BAZ", "test2"], "%7Bfoo%28%29bar%20BAZ%2Ctest2%7D"],
    ["pipe", ["test1", "test2"], "test1|test2"],
    ["raw", ["test.1", "test.2"], "test.1,test.2"],
    ["regex", ["test1.", "test2"], "(test1\\.|test2)"],
    ["singlequote", ["test1", "test2"], "'test1','test2'"],
    ["sqlstring", ["test'1", "test2"], "'test''1','test2'"],
    ["text", ["test1", "test2"], "test1 + test2"],
    ["queryparam", ["test1", "test2"], "var-servers=test1&var-servers=test2"],
  ])("with the format %s is written as in Grafana's documentation", (format, value, written) => {
    expect(interpolate(`\${servers:${format}}`, values({ servers: value }))).toBe(written);
  });

  test("can be a time, in the documented formats", () => {
    const time = values({ __from: "1594671549254" });
    expect(interpolate("${__from}, ${__from:date}, ${__from:date:iso}, ${__from:date:seconds}", time)).toBe(
      "1594671549254, 2020-07-13T20:19:09.254Z, 2020-07-13T20:19:09.254Z, 1594671549",
    );
  });
});

describe("a variable in a query", () => {
  const variables: Record<string, { multi: boolean; includeAll: boolean }> = {
    one: { multi: false, includeAll: false },
    several: { multi: true, includeAll: true },
  };
  const promql = queryFormat((name) => variables[name], "promql");

  test("with one value is inserted unchanged", () => {
    expect(interpolate('{route="$one"}', values({ one: "/orders/{id}" }), promql)).toBe('{route="/orders/{id}"}');
  });

  test("with several values is a regular expression, which is escaped for its string", () => {
    const written = interpolate('{route=~"$several"}', values({ several: ["/orders/{id}", "/a.b"] }), promql);
    expect(written).toBe('{route=~"(/orders/\\\\{id\\\\}|/a\\\\.b)"}');
  });

  test("has no parentheses in LogQL, which only joins the values", () => {
    const logql = queryFormat((name) => variables[name], "logql");
    expect(interpolate("$several", values({ several: ["a", "b"] }), logql)).toBe("a|b");
  });
});

describe("All", () => {
  const variable: Variable = {
    ...{ name: "pod", label: "pod", type: "query", hidden: false, multi: true, includeAll: true, chosen: [all] },
    options: ["a.1", "b"].map((value) => ({ text: value, value })),
  };

  test("represents every option", () => {
    expect(boundTo(variable)).toEqual({ value: ["a.1", "b"], text: "All" });
  });

  test("has its configured value, which no format escapes", () => {
    const lookup = () => boundTo({ ...variable, allValue: ".*" });
    expect(interpolate("$pod ${pod:regex} ${pod:text}", lookup)).toBe(".* .* All");
  });
});

describe("options", () => {
  test("of a custom variable can have a text, and an escaped comma", () => {
    // https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#add-a-custom-variable
    expect(customOptions("1, 10, my key : my_value\\, one")).toEqual([
      { text: "1", value: "1" },
      { text: "10", value: "10" },
      { text: "my key", value: "my_value, one" },
    ]);
  });

  test("are the distinct matches of the regular expression's first group", () => {
    const results = ["db", "api", "db"].map((name) => `up{job="${name}",instance="x"} 1 1521630638000`);
    expect(applyRegex([...results, "other"], '/job="([^"]+)"/').map(({ value }) => value)).toEqual(["db", "api"]);
  });

  test("have the text and the value of the groups `text` and `value`", () => {
    expect(applyRegex(['up{pod="p-1",ip="10.0.0.1"}'], '/pod="(?<text>[^"]+)",ip="(?<value>[^"]+)"/')).toEqual([
      { text: "p-1", value: "10.0.0.1" },
    ]);
  });

  test.each([
    [0, ["b10", "a", "b9"]],
    [1, ["a", "b10", "b9"]],
    [2, ["b9", "b10", "a"]],
    [3, ["a", "b9", "b10"]],
    [4, ["b10", "b9", "a"]],
  ])("are sorted in the order with the number %d", (sort, sorted) => {
    const options = ["b10", "a", "b9"].map((value) => ({ text: value, value }));
    expect(sortOptions(options, sort).map(({ value }) => value)).toEqual(sorted);
  });
});

describe("the variables of a dashboard", () => {
  const asked: string[] = [];
  const prometheus: VariableSource = {
    query: async (expr) => {
      asked.push(expr);
      return { resultType: "vector", result: [{ metric: { route: "/orders" }, value: [1, "1"] }] };
    },
    labelValues: async (label, selector) => {
      asked.push(`${label} of ${selector}`);
      return ["erp", "shop"];
    },
    labelNames: async () => [],
  };
  const models: VariableModel[] = [
    {
      name: "route",
      type: "query",
      query: 'query_result(rate(x{namespace="$namespace"}[$__range]))',
      regex: '/route="([^"]+)"/',
      multi: true,
      includeAll: true,
    },
    { name: "namespace", type: "query", query: 'label_values(up{job="api"}, namespace)', current: { value: "gone" } },
  ];
  const range = { from: 0, to: 3_600_000 };
  const context = {
    sources: { prometheus },
    builtIn: builtIn({ range, scrapeMs: 15_000, dashboard: { uid: "d", title: "D" } }),
    interval: (parts: number, minimum: string) => `an hour in ${parts}, at least ${minimum}`,
  };

  test("are queried in the order of their dependencies", async () => {
    const [route, namespace] = await resolveVariables(models, { ...context, chosen: { namespace: ["shop"] } });
    expect(asked).toEqual(['namespace of up{job="api"}', 'rate(x{namespace="shop"}[3600s])']);
    expect(namespace?.chosen).toEqual(["shop"]);
    expect(route).toMatchObject({ options: [{ value: "/orders" }], chosen: [all] });
  });

  test("have their first option if the stored option no longer exists", async () => {
    const [, namespace] = await resolveVariables(models, { ...context, chosen: {} });
    expect(namespace?.chosen).toEqual(["erp"]);
  });

  // https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#add-an-interval-variable
  test("can be an interval that follows from the time range, whose option Grafana stores by its name", async () => {
    const interval: VariableModel = {
      name: "step",
      type: "interval",
      query: "1m,10m",
      auto: true,
      auto_count: 20,
      auto_min: "5s",
      current: { value: "$__auto_interval_step" },
    };
    const inserted = async (chosen: Readonly<Record<string, readonly string[]>>) => {
      const [step] = await resolveVariables([interval], { ...context, chosen });
      return [step?.options.map(({ text }) => text), step && boundTo(step)];
    };
    const texts = ["auto", "1m", "10m"];
    expect(await inserted({})).toEqual([texts, { value: "an hour in 20, at least 5s", text: "auto" }]);
    expect(await inserted({ step: ["10m"] })).toEqual([texts, { value: "10m", text: "10m" }]);
  });

  test("state why they have no options", async () => {
    const failing = { ...prometheus, labelValues: () => Promise.reject(new Error("connection refused")) };
    const [, namespace] = await resolveVariables(models, { ...context, chosen: {}, sources: { prometheus: failing } });
    expect(namespace?.error).toBe("connection refused");
  });
});

test("a URL of the page does not change when it is parsed and formatted", () => {
  const address = "/?dashboard=erp&theme=light&slice=outage&viewPanel=7&rows=open&var-route=%2Fa&var-route=%2Fb";
  expect(formatAddress(parseAddress(address.slice(1)))).toBe(address);
  expect(parseAddress("?viewPanel=panel-7").viewPanel).toBe(7);
});
