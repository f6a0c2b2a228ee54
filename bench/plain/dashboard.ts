const dataSource = { type: "prometheus", uid: "$${metrics}" };

/** A dashboard with 32 panels and about 50 KB, which is the average size of ours. */
export function dashboard(name: string): object {
  return {
    uid: name,
    title: name,
    tags: ["erp"],
    editable: false,
    graphTooltip: 1,
    refresh: "30s",
    schemaVersion: 42,
    time: { from: "now-1h", to: "now" },
    templating: {
      list: [
        { type: "datasource", name: "metrics", label: "Metrics", query: "prometheus" },
        {
          type: "query",
          name: "namespace",
          label: "Namespace",
          query: "label_values(redis_up, namespace)",
          datasource: dataSource,
        },
      ],
    },
    panels: Array.from({ length: 32 }, (_, index) => panel(index)),
  };
}

function panel(index: number): object {
  return {
    id: index + 1,
    type: "timeseries",
    title: "Requests by status",
    description: "Requests per second by status code. Red: more than 1 % of the requests fail. See the row Errors.",
    datasource: dataSource,
    gridPos: { h: 8, w: 12, x: 12 * (index % 2), y: 8 * Math.floor(index / 2) },
    fieldConfig: {
      defaults: {
        unit: "reqps",
        noValue: "no data",
        custom: {
          drawStyle: "line",
          lineInterpolation: "linear",
          lineWidth: 1,
          fillOpacity: 10,
          showPoints: "never",
          spanNulls: false,
          axisPlacement: "auto",
          axisSoftMin: 0,
          stacking: { mode: "none", group: "A" },
          thresholdsStyle: { mode: "dashed" },
        },
        thresholds: {
          mode: "absolute",
          steps: [
            { color: "green", value: null },
            { color: "red", value: 1 },
          ],
        },
      },
      overrides: [
        {
          matcher: { id: "byName", options: "5xx" },
          properties: [{ id: "color", value: { mode: "fixed", fixedColor: "red" } }],
        },
      ],
    },
    options: {
      legend: { displayMode: "table", placement: "bottom", showLegend: true, calcs: ["mean", "max"] },
      tooltip: { mode: "multi", sort: "desc" },
    },
    targets: [
      {
        refId: "A",
        datasource: dataSource,
        editorMode: "code",
        range: true,
        expr: `sum by (status_code) (rate(http_requests_total{namespace="$namespace",service=~"erp-.+"}[$__rate_interval]))`,
        legendFormat: "{{status_code}}",
      },
    ],
  };
}
