import { intervalsOf } from "../commands/dashboards/intervals";
import { panelsOf } from "../kit/dashboards/model";
import { targetsOf } from "../kit/dashboards/targets";
import { metricNames } from "../kit/queries/promql/metric-names";
import { signals } from "../signals";
import { contributions } from "../subjects/listings";
import { everywhere } from "./fixtures/everything";

/** https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval */
test.each([
  ["states no interval", {}, {}, [15, 60]],
  ["has an interval, which `$__rate_interval` does not follow", { interval: "1m" }, {}, [60, 75]],
  ["has a query with an interval", {}, { interval: "30s" }, [30, 120]],
  ["has an interval that its query overrides", { interval: "1m" }, { interval: "30s" }, [30, 120]],
  ["limits its points", { maxDataPoints: 60 }, {}, [60, 75]],
  ["limits its points, and has a query with an interval", { maxDataPoints: 60 }, { interval: "30s" }, [60, 120]],
  ["has a query that multiplies the interval", {}, { intervalFactor: 2 }, [30, 60]],
])("a panel that %s gets the expected step and window", (_, panel, target, [stepSeconds, rateSeconds]) => {
  expect(intervalsOf(panel, target)).toEqual({ stepSeconds, rateSeconds });
});

const minute = 60;

describe.each(everywhere)("graphs of $name with $erp.httpMetrics", (environment) => {
  const { catalogue } = contributions(environment);
  const { erp, platform } = signals(environment);
  const asked = [...erp.dashboards, ...platform.dashboards].flatMap(({ model }) =>
    panelsOf(model).flatMap((panel) =>
      targetsOf(panel)
        .filter(({ datasource }) => datasource?.type === "prometheus")
        .map((target) => ({
          at: `${model.title}: ${panel.title}`,
          type: panel.type,
          expr: target.expr ?? "",
          ...intervalsOf(panel, target),
        })),
    ),
  );

  test("have rates over at least four scrapes", () => {
    const slowest = (expr: string) =>
      Math.max(
        ...[...metricNames(expr)].flatMap((name) =>
          (catalogue.vocabulary.get(name) ?? []).map((one) => one.interval ?? 0),
        ),
      );
    const rates = asked.filter(({ expr }) => expr.includes("$__rate_interval"));
    expect(rates.length).toBeGreaterThan(50);
    expect(rates.filter(({ expr, rateSeconds }) => rateSeconds < 4 * slowest(expr)).map(({ at }) => at)).toEqual([]);
  });

  test("have a point for each minute of an hour", () => {
    const graphs = asked.filter(({ type }) => type === "timeseries" || type === "heatmap");
    expect(graphs.filter(({ stepSeconds }) => stepSeconds !== minute).map(({ at }) => at)).toEqual([]);
  });
});
