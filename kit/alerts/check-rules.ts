import type { Fault } from "../../faults";
import { checkRecording, type Recording } from "../metrics/recording";
import { checkLogql } from "../queries/logql/check-logql";
import type { LogVocabulary } from "../queries/logql/log-query";
import type { Vocabulary } from "../queries/series";
import { type Alert, alertPlace, type PlaceOf } from "./alert";
import { type AlertContext, checkAlert, checkForm } from "./check-alert";
import { checkFields } from "./check-fields";
import { checkInhibitions } from "./check-inhibitions";
import { checkNames } from "./check-names";
import type { LogAlert } from "./log-alert";

/** All rules of one environment. */
export interface Rules {
  readonly alerts: readonly Alert[];
  readonly logAlerts: readonly LogAlert[];
  readonly recordings: readonly Recording[];
}

/** The context that the rules are checked against. */
export interface RulesContext {
  readonly vocabulary: Vocabulary;
  readonly logVocabulary: LogVocabulary;
  /** Causes that an alert may name. */
  readonly causes: readonly string[];
  readonly placeOf: PlaceOf;
}

/** Faults of all rules of one environment, each by itself and all together. */
export function checkRules({ alerts, logAlerts, recordings }: Rules, context: RulesContext): Fault[] {
  const { vocabulary, logVocabulary, causes, placeOf } = context;
  return [
    ...recordings.flatMap((recording) => checkRecording(recording, vocabulary)),
    ...alerts.flatMap((alert) => checkAlert(alert, vocabulary, { causes, place: placeOf(alert) })),
    ...logAlerts.flatMap((alert) => checkLogAlert(alert, logVocabulary, { causes, place: placeOf(alert) })),
    ...checkNames([...alerts, ...logAlerts], placeOf),
    ...checkInhibitions(alerts, vocabulary, placeOf),
  ];
}

/** Faults of an alert on logs. */
export function checkLogAlert(alert: LogAlert, vocabulary: LogVocabulary, context: AlertContext): Fault[] {
  const lacking = checkFields(alert, context.place ?? alertPlace(alert));
  if (lacking.length > 0) return lacking;
  return checkForm(alert, checkLogql(alert.expression.text, vocabulary), context);
}
