import { logLines, type Panel } from "../../kit/dashboards/panels";
import { logql } from "../../kit/queries/query";
import { failing } from "../../logs/streams";
import { chosen } from "./selection";

export function lastErrors(): Panel {
  return logLines({
    title: "Last errors",
    description:
      "The newest error lines of the chosen programs. Open one for its fields: the link beside its request_id shows the trail of that request.",
    width: 24,
    query: logql`${chosen} | ${failing}`,
    empty: "no error lines",
  });
}

export function trail(): Panel {
  return logLines({
    title: "Trail of the request",
    description:
      "All lines with the request id that is written above, from the API through the workers, the newest first. As long as none is written: all lines that belong to some request.",
    width: 24,
    query: logql`${chosen} | request_id=~"$request_id"`,
    empty: "no line with this request id in the time that is shown",
  });
}
