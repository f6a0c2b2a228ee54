import * as units from "@grafana/grafana-foundation-sdk/units";
import { logLines, type Panel, timeseries } from "../../kit/dashboards/panels";
import type { Lines } from "../../logs/log-store";
import { loki } from "../../logs/loki-store";

/** Lines of the programs that the variables of the dashboard select. */
export const selected = { namespaces: ["$namespace"], apps: "$app" } as const satisfies Lines;

const failing = { ...selected, only: "errors" } as const;

const shared = { width: 8, stacked: true };

/** Number of lines by program and by level, and their size. */
export function logVolume(): Panel[] {
  return [
    timeseries({
      ...shared,
      title: "Lines by program",
      description:
        "Lines per second. If one program rises alone, it retries, or its level was left at DEBUG. If all lines have a gap, the cause is the log agent or Loki.",
      unit: units.CountsPerSecond,
      queries: [{ query: loki.rate(selected, "app"), legend: "{{app}}" }],
      empty: "no lines",
    }),
    timeseries({
      ...shared,
      title: "Lines by level",
      description: "Lines per second. The level `none` means lines that are not in the JSON format of the ERP.",
      unit: units.CountsPerSecond,
      queries: [{ query: loki.rate(selected, "level"), legend: "{{level}}" }],
      colors: { DEBUG: "purple", INFO: "green", WARNING: "orange", ERROR: "red", CRITICAL: "dark-red", none: "blue" },
      empty: "no lines",
    }),
    timeseries({
      ...shared,
      title: "Bytes by program",
      description:
        "Bytes written per second, for which the volume and the limits of Loki are sized. If they are high while the number of lines is normal, the lines contain long tracebacks.",
      unit: units.BytesPerSecondIEC,
      queries: [{ query: loki.bytes(selected, "app"), legend: "{{app}}" }],
      empty: "no lines",
    }),
  ];
}

/** Error lines by logger, by route and by task. */
export function errors(): Panel[] {
  return [
    timeseries({
      ...shared,
      title: "Error lines by logger",
      description: "Error lines by the logger that wrote them. Start with a logger that does not appear on other days.",
      unit: units.Short,
      queries: [{ query: loki.mostFrequent(failing, "logger"), legend: "{{logger}}" }],
      empty: "no error lines",
    }),
    timeseries({
      ...shared,
      title: "Error lines by route",
      description:
        "Error lines of requests, by the route that was requested. If one route stands out, the cause is its code or its data. If all routes are affected, the cause is a dependency.",
      unit: units.Short,
      queries: [
        {
          query: loki.mostFrequent(failing, "route"),
          legend: "{{route}}",
        },
      ],
      empty: "no error lines",
    }),
    timeseries({
      ...shared,
      title: "Error lines by task",
      description:
        "Error lines of the workers, by the task that was running. The dashboard Celery shows how many runs of the task fail.",
      unit: units.Short,
      queries: [
        {
          query: loki.mostFrequent(failing, "task_name"),
          legend: "{{task_name}}",
        },
      ],
      empty: "no error lines",
    }),
  ];
}

export function lastErrors(): Panel {
  return logLines({
    title: "Last errors",
    description:
      "The newest error lines of the chosen programs. Open a line to see its fields: the link next to request_id shows all lines of that request.",
    width: 24,
    query: loki.lines(failing),
    empty: "no error lines",
  });
}

export function linesOfRequest(): Panel {
  return logLines({
    title: "Lines of one request",
    description:
      "All lines with the request ID entered above, from the API and the workers, the newest first. If no ID is entered, the panel shows all lines that belong to a request.",
    width: 24,
    query: loki.lines({ ...selected, requestIds: "$request_id" }),
    empty: "no line with this request ID in this time range",
  });
}
