import type { Environment } from "../config/environment";
import type { Fault } from "../faults";
import type { Catalogue } from "../metrics/catalogue";
import { checkRecording } from "../metrics/recordings/recording";
import type { Alert } from "./alert";
import { checkAlert } from "./check-alert";
import { checkInhibitions } from "./check-inhibitions";
import { checkNames } from "./check-names";
import { checkLogAlert } from "./logs/check-log-alert";
import { type LogAlert, logEvaluationSeconds } from "./logs/log-alert";
import { logTopics } from "./logs/topics";
import { alertGroup, type RuleGroup, recordingGroup } from "./rule-group";
import { erpTopics, platformTopics, type Topics } from "./topics";

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
