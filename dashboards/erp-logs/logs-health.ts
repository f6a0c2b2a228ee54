import * as units from "@grafana/grafana-foundation-sdk/units";
import { erpErrorLinesHigh } from "../../alerts/erp-logs/erp-error-lines-high";
import { erpLogsMissing } from "../../alerts/erp-logs/erp-logs-missing";
import { erpSecretsInLogs } from "../../alerts/erp-logs/erp-secrets-in-logs";
import { alertPanel } from "../../kit/dashboards/alert-panel";
import { type Panel, stat } from "../../kit/dashboards/panels";
import { above, below } from "../../kit/dashboards/thresholds";
import { loki } from "../../logs/loki-store";
import { selected } from "./log-panels";

const shared = { width: 6 };

/** Is it healthy? Of the last minutes, whatever time is shown below. */
export function logHealth(): Panel[] {
  return [programs(), errorShare(), unparsedLines(), redactedLines()];
}

/** What each alert of the logs measures, of all programs. */
export function alertMeasures(): Panel[] {
  return [
    alertPanel(erpErrorLinesHigh, {
      title: "Share of lines that are errors, by program",
      width: 8,
      empty: "no error lines",
    }),
    alertPanel(erpLogsMissing, { title: "Lines in 10 minutes", width: 8, legend: "lines" }),
    alertPanel(erpSecretsInLogs, {
      title: "Lines with secrets in 5 minutes, by program",
      width: 8,
      empty: "nothing was redacted",
    }),
  ];
}

function programs(): Panel {
  return stat({
    ...shared,
    title: "Programs that write",
    description:
      "Programs of which a line came to Loki within ten minutes. Fewer than there are: it hangs, or its node's log agent does. None: ErpLogsMissing tells it, and its runbook where to look.",
    unit: units.Short,
    query: loki.writers(selected, "10m"),
    thresholds: below({ red: erpLogsMissing.limit.value }),
  });
}

function errorShare(): Panel {
  return stat({
    ...shared,
    title: "Lines that are errors",
    description:
      "Share of the lines of the last five minutes that are errors. Red: one line in so many is one, see who writes them in the row Errors.",
    unit: units.PercentUnit,
    query: loki.share({ ...selected, only: "errors" }, selected, "5m"),
    thresholds: above({ red: erpErrorLinesHigh.limit.value }),
    empty: "no lines",
  });
}

function unparsedLines(): Panel {
  return stat({
    ...shared,
    title: "Lines of another form",
    description:
      "Lines of the last five minutes without a level: not the JSON that everything here is read from. A program that dies before its logging is set up, or a library that prints past it.",
    unit: units.Short,
    query: loki.total({ ...selected, only: "without a level" }, "5m"),
    thresholds: above({ yellow: 1, red: 100 }),
  });
}

function redactedLines(): Panel {
  return stat({
    ...shared,
    title: "Lines with secrets",
    description:
      "Lines of the last five minutes out of which the log agent took a secret or personal data that the ERP should have kept to itself. Search the lines for the mark to see what it was, and which code wrote it.",
    unit: units.Short,
    query: loki.total({ ...selected, only: "redacted" }, "5m"),
    thresholds: above({ yellow: 1, red: erpSecretsInLogs.limit.value }),
  });
}
