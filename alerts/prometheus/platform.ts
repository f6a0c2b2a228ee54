import type { Environment } from "../../config/environment";
import type { Alert } from "../../kit/alerts/alert";
import { sendsOn } from "../../metrics/conditions";
import { logAgentCannotSend, logLinesDropped, podLogsCut } from "../log-agents/log-agent";
import { lokiRequestsFailing, lokiRetentionStopped, lokiStorageFailing } from "../loki/loki";
import { lokiLosesLines } from "../loki/loki-loses-lines";
import { prometheusSeriesGrowing, scrapeSampleLimitHit } from "./cardinality";
import { monitoringConfigRejected, prometheusOperatorRefusesChange } from "./configuration";
import {
  alertmanagerMembersMissing,
  alertmanagerNotificationsFailing,
  prometheusCannotReachAlertmanager,
} from "./delivery";
import { heartbeat, prometheusNotIngesting } from "./ingestion";
import { prometheusRulesNotEvaluated } from "./prometheus-rules-not-evaluated";
import { prometheusRemoteWriteBehind, prometheusRemoteWriteRefused } from "./remote-write";
import { prometheusNearRetentionSize, prometheusStorageFailing } from "./storage";

/** From a scrape to the person who is told: what breaks on the way would be silence. */
export function monitoring(environment: Environment): readonly Alert[] {
  const { alertmanager, cluster } = environment;
  return [
    ...(alertmanager.heartbeat ? [heartbeat] : []),
    prometheusNotIngesting,
    prometheusRulesNotEvaluated,
    prometheusCannotReachAlertmanager,
    alertmanagerNotificationsFailing,
    ...(alertmanager.replicas > 1 ? [alertmanagerMembersMissing(environment)] : []),
    monitoringConfigRejected,
    ...(cluster.operator === "install" ? [prometheusOperatorRefusesChange] : []),
    prometheusStorageFailing,
    prometheusNearRetentionSize,
    ...(sendsOn(environment) ? [prometheusRemoteWriteBehind, prometheusRemoteWriteRefused] : []),
    prometheusSeriesGrowing,
    scrapeSampleLimitHit,
  ];
}

/** From a line that a program writes to the person who looks for it. */
export function logging({ logAgent, loki }: Environment): readonly Alert[] {
  return [
    lokiRequestsFailing,
    lokiStorageFailing,
    lokiRetentionStopped,
    ...(loki.canary ? [lokiLosesLines] : []),
    ...(logAgent.kind === "promtail" ? [logLinesDropped, podLogsCut, logAgentCannotSend] : []),
  ];
}
