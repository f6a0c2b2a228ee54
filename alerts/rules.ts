import type { Environment } from "../config/environment";
import type { Fault } from "../faults";
import { catalogue } from "../metrics/catalogue";
import { checkRecording } from "../metrics/recordings/recording";
import type { Alert } from "./alert";
import { erpDown } from "./availability";
import { checkAlert } from "./check-alert";
import { alertGroup, type RuleGroup, recordingGroup } from "./rule-group";

export interface Rules {
  /** Groups that live with the ERP. */
  readonly erp: readonly RuleGroup[];
  readonly alerts: readonly Alert[];
  readonly faults: readonly Fault[];
}

/** Every rule of one environment, and what is wrong with them. */
export function rules(environment: Pick<Environment, "name" | "runbookBaseUrl" | "erp">): Rules {
  const { vocabulary, recordings } = catalogue(environment);
  const recorded = Object.values(recordings);
  const topics = { availability: [erpDown] };
  const alerts = Object.values(topics).flat();
  return {
    erp: [
      recordingGroup("erp-http", recorded),
      ...Object.entries(topics).map(([topic, alerts]) => alertGroup(`erp-${topic}`, alerts, environment)),
    ],
    alerts,
    faults: [
      ...recorded.flatMap((recording) => checkRecording(recording, vocabulary)),
      ...alerts.flatMap((alert) => checkAlert(alert, vocabulary)),
      ...duplicates(alerts),
    ],
  };
}

function duplicates(alerts: readonly Alert[]): Fault[] {
  const names = alerts.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => ({
    place: `alert ${name}`,
    rule: "must have a name of its own",
    remedy: "rename one of the alerts of this name",
  }));
}
