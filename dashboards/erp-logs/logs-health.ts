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

/** Numbers of the last minutes, for any time range of the dashboard. */
export function logHealth(): Panel[] {
  return [programs(), errorRatio(), unparsedLines(), redactedLines()];
}

/** The measures of the alerts about logs, for all programs. */
export function alertMeasures(): Panel[] {
  return [
    alertPanel(erpErrorLinesHigh, {
      title: "Error line ratio by program",
      width: 8,
      empty: "no error lines",
    }),
    alertPanel(erpLogsMissing, { title: "Lines in 10 minutes", width: 8, legend: "lines" }),
    alertPanel(erpSecretsInLogs, {
      title: "Lines with secrets by program, 5 min",
      width: 8,
      empty: "nothing was redacted",
    }),
  ];
}

function programs(): Panel {
  return stat({
    ...shared,
    title: "Programs that log",
    description:
      "Programs that sent a line to Loki within ten minutes. If there are fewer than normal, a program hangs, or the log agent of its node hangs. If there are none, ErpLogsMissing fires, and its runbook lists what to check.",
    unit: units.Short,
    query: loki.writers(selected, "10m"),
    thresholds: below({ red: erpLogsMissing }),
  });
}

function errorRatio(): Panel {
  return stat({
    ...shared,
    title: "Error line ratio",
    description:
      "Share of the lines of the last five minutes that are errors. Red: the row Errors shows which code writes them.",
    unit: units.PercentUnit,
    query: loki.share({ ...selected, only: "errors" }, selected, "5m"),
    thresholds: above({ red: erpErrorLinesHigh }),
    empty: "no lines",
  });
}

function unparsedLines(): Panel {
  return stat({
    ...shared,
    title: "Lines that are not JSON",
    description:
      "Lines of the last five minutes without a level, because they are not JSON. The panels of this dashboard cannot read their fields. Either a program stops before it sets up logging, or a library prints directly.",
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
      "Lines of the last five minutes from which the log agent removed a secret or personal data that the ERP should not have logged. Search the lines for the redaction mark to see the place of the secret, and the code that wrote the line.",
    unit: units.Short,
    query: loki.total({ ...selected, only: "redacted" }, "5m"),
    thresholds: above({ yellow: 1, red: erpSecretsInLogs }),
  });
}
