import * as units from "@grafana/grafana-foundation-sdk/units";
import { logLines, type Panel, timeseries } from "../../kit/dashboards/panels";
import type { Lines } from "../../logs/log-store";
import { loki } from "../../logs/loki-store";

/** Lines of the programs that the variables select. */
export const selected = { namespaces: ["$namespace"], apps: "$app" } as const satisfies Lines;

const failing = { ...selected, only: "errors" } as const;

const shared = { width: 8, stacked: true };

/** How much, by whom, of what weight. */
export function writtenLines(): Panel[] {
  return [
    timeseries({
      ...shared,
      title: "Lines by program",
      description:
        "Lines a second. One that grows alone: it retries, or somebody left its level at DEBUG. A gap in all of them: log agent or Loki.",
      unit: units.CountsPerSecond,
      queries: [{ query: loki.rate(selected, "app"), legend: "{{app}}" }],
      empty: "no lines",
    }),
    timeseries({
      ...shared,
      title: "Lines by level",
      description: "Lines per second. `none`: lines that are not the JSON of the ERP.",
      unit: units.CountsPerSecond,
      queries: [{ query: loki.rate(selected, "level"), legend: "{{level}}" }],
      colors: { DEBUG: "purple", INFO: "green", WARNING: "orange", ERROR: "red", CRITICAL: "dark-red", none: "blue" },
      empty: "no lines",
    }),
    timeseries({
      ...shared,
      title: "Bytes by program",
      description:
        "What is written a second, which is what Loki's volume and its limits are sized by. High while the lines are as ever: long tracebacks.",
      unit: units.BytesPerSecondIEC,
      queries: [{ query: loki.bytes(selected, "app"), legend: "{{app}}" }],
      empty: "no lines",
    }),
  ];
}

/** Who writes errors, and where they happen. */
export function errors(): Panel[] {
  return [
    timeseries({
      ...shared,
      title: "Errors by logger",
      description:
        "Error lines by the part of the code that wrote them. A logger that is not there on other days is the first to read.",
      unit: units.Short,
      queries: [{ query: loki.mostFrequent(failing, "logger"), legend: "{{logger}}" }],
      empty: "no error lines",
    }),
    timeseries({
      ...shared,
      title: "Errors by route",
      description:
        "Requests that failed, by the route that was asked. One route: its code or its data. All of them: a dependency.",
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
      title: "Errors by task",
      description: "Error lines of the workers by the task in which they were written.",
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
      "The newest error lines of the chosen programs. Open one for its fields: the link beside its request_id shows the trail of that request.",
    width: 24,
    query: loki.lines(failing),
    empty: "no error lines",
  });
}

export function trail(): Panel {
  return logLines({
    title: "Trail of the request",
    description:
      "All lines with the request id that is written above, from the API through the workers, the newest first. As long as none is written: all lines that belong to some request.",
    width: 24,
    query: loki.lines({ ...selected, requestIds: "$request_id" }),
    empty: "no line with this request id in the time that is shown",
  });
}
