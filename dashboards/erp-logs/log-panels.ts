import * as units from "@grafana/grafana-foundation-sdk/units";
import { logLines, type Panel, timeseries } from "../../kit/dashboards/panels";
import { logql } from "../../kit/queries/query";
import { failing } from "../../logs/streams";

/** Streams of the programs that the variables select. */
export const selectedStreams = '{namespace="$namespace",app=~"$app"}';

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
      queries: [{ query: logql`sum by (app) (rate(${selectedStreams} [$__auto]))`, legend: "{{app}}" }],
      empty: "no lines",
    }),
    timeseries({
      ...shared,
      title: "Lines by level",
      description: "Lines a second. Without a name: lines that are not the ERP's JSON.",
      unit: units.CountsPerSecond,
      queries: [{ query: logql`sum by (level) (rate(${selectedStreams} [$__auto]))`, legend: "{{level}}" }],
      empty: "no lines",
    }),
    timeseries({
      ...shared,
      title: "Bytes by program",
      description:
        "What is written a second, which is what Loki's volume and its limits are sized by. High while the lines are as ever: long tracebacks.",
      unit: units.BytesPerSecondIEC,
      queries: [{ query: logql`sum by (app) (bytes_rate(${selectedStreams} [$__auto]))`, legend: "{{app}}" }],
      empty: "no lines",
    }),
  ];
}

/** Who writes errors, and where they happen. */
export function errors(): Panel[] {
  const lines = logql`${selectedStreams} | ${failing} | json`;
  return [
    timeseries({
      ...shared,
      title: "Errors by logger",
      description:
        "Error lines by the part of the code that wrote them. A logger that is not there on other days is the first to read.",
      unit: units.Short,
      queries: [
        { query: logql`topk(10, sum by (logger) (count_over_time(${lines} [$__auto])))`, legend: "{{logger}}" },
      ],
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
          query: logql`topk(10, sum by (route) (count_over_time(${lines} | route!="" [$__auto])))`,
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
          query: logql`topk(10, sum by (task_name) (count_over_time(${lines} | task_name!="" [$__auto])))`,
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
    query: logql`${selectedStreams} | ${failing}`,
    empty: "no error lines",
  });
}

export function trail(): Panel {
  return logLines({
    title: "Trail of the request",
    description:
      "All lines with the request id that is written above, from the API through the workers, the newest first. As long as none is written: all lines that belong to some request.",
    width: 24,
    query: logql`${selectedStreams} | request_id=~"$request_id"`,
    empty: "no line with this request id in the time that is shown",
  });
}
