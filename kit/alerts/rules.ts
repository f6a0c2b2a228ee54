import { logTopics } from "../../alerts/erp-logs/topics";
import { erpTopics, platformTopics, type Topics } from "../../alerts/topics";
import type { Environment } from "../../config/environment";
import type { Fault } from "../../faults";
import type { Catalogue } from "../../metrics/catalogue";
import { checkRecording } from "../metrics/recording";
import type { Alert } from "./alert";
import { checkAlert } from "./check-alert";
import { checkInhibitions } from "./check-inhibitions";
import { checkLogAlert } from "./check-log-alert";
import { checkNames } from "./check-names";
import { type LogAlert, logEvaluationSeconds } from "./log-alert";
import { alertGroup, type RuleGroup, recordingGroup } from "./rule-group";

export interface Rules {
  /** Groups about the cluster and the monitoring itself. */
  readonly platform: readonly RuleGroup[];
  /** Groups that live with the ERP. */
  readonly erp: readonly RuleGroup[];
  /** Groups that Loki evaluates. */
  readonly logs: readonly RuleGroup[];
  readonly alerts: readonly Alert[];
  readonly logAlerts: readonly LogAlert[];
  readonly faults: readonly Fault[];
}

/** Every rule of one environment, and what is wrong with them. */
export function rules(environment: Environment, catalogue: Catalogue): Rules {
  const { vocabulary, recordings } = catalogue;
  const erp = erpTopics({ environment, catalogue });
  const platform = platformTopics({ environment, catalogue });
  const alerts = [erp, platform].flatMap((topics) => Object.values(topics).flat());
  const logAlerts = Object.values(logTopics).flat();
  const groups = (prefix: string, topics: Topics) =>
    Object.entries(topics)
      .filter(([, alerts]) => alerts.length > 0)
      .map(([topic, alerts]) =>
        alertGroup(`${prefix}-${topic}`, alerts, environment, {
          recordings: recordings.filter((one) => one.topic === topic),
        }),
      );
  const byThemselves = recordings.filter(({ topic }) => topic === undefined);
  return {
    platform: groups("platform", platform),
    erp: [recordingGroup("erp-recordings", byThemselves), ...groups("erp", erp)],
    logs: Object.entries(logTopics).map(([topic, alerts]) =>
      alertGroup(`erp-${topic}`, alerts, environment, { seconds: logEvaluationSeconds }),
    ),
    alerts,
    logAlerts,
    faults: [
      ...recordings.flatMap((recording) => checkRecording(recording, vocabulary)),
      ...alerts.flatMap((alert) => checkAlert(alert, vocabulary)),
      ...logAlerts.flatMap(checkLogAlert),
      ...checkNames([...alerts, ...logAlerts]),
      ...checkInhibitions(alerts, vocabulary),
    ],
  };
}
