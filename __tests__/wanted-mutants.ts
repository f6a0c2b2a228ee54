/** The mistakes with the worst consequences, by the start of their keys. Every sample contains all of them. */
const wanted = [
  // Any other task would hide that beat has stopped.
  'CeleryBeatSilent: `measure`: {name="erp.heartbeat"} dropped',
  // The alert would never stop firing.
  'PrometheusOperatorRefusesChange: `measure`: {status="failed"} dropped',
  // The alert could not fire while anything else is up.
  'ErpDown: `measure`: {job="erp-api"} dropped',
  'ErpDown: `confirmedBy`: {job="erp-probe"} dropped',
  'ErpLivenessFailing: `measure`: {probe_type="Liveness"} dropped',
  // A single pod, host or worker would decide for all of them.
  "PostgresqlConnectionsExhausted: `measure`: max in place of sum",
  "ErpRouteFails: `measure`: max in place of sum",
  "ErpRouteSlow: `measure`: max in place of sum",
  "CeleryTasksFailing: `measure`: max in place of sum by (name) (rate(celery_task_failed_total",
  "CeleryQueueLong: `measure`: max in place of sum by (queue_name) (celery_queue_length)",
  // A route with much traffic would satisfy the traffic guard of a route with little traffic.
  "ErpRouteFails: route dropped from `on`",
  "ErpRouteSlow: route dropped from `on`",
  "CeleryTasksFailing: name dropped from `on`",
  // A number of events would be compared with a share.
  "LokiLosesLines: `measure`: not divided by",
  "PrometheusCannotReachAlertmanager: `measure`: not divided by",
  // Pods, volumes and containers of other teams would page.
  ...[
    "ContainerMemoryNearLimit: {namespace=~",
    "ContainerOutOfMemory: {namespace=~",
    "ContainerOutOfMemory: `measure`: {namespace=~",
    "VolumeFillingUp: {namespace=~",
    "VolumeAlmostFull: {namespace=~",
    "VolumeInodesLow: {namespace=~",
    "PodCrashLooping: {namespace=~",
    "PodNotReady: {namespace=~",
    "PodNotInitialized: `measure`: {namespace=~",
    "DaemonSetPodsMissing: {namespace=~",
    "ErpJobFailed: `measure`: {namespace=",
    "ErpAutoscalerAtMaximum: {namespace=",
  ],
];

interface Wanted {
  readonly key: string;
  /** Why the mistake changes nothing. @default the mistake can change the result */
  readonly equivalent?: string;
}

/**
 * The first mutant for each listed start of a key.
 * @throws {Error} when there is none, because an alert or its expression was renamed
 */
export function wantedMutants<One extends Wanted>(all: readonly One[]): readonly One[] {
  return wanted.map((beginning) => {
    const found = all.find(({ key, equivalent }) => key.startsWith(beginning) && equivalent === undefined);
    if (!found)
      throw new Error(
        `No mistake starts with ${beginning}: if the expression still needs what the mistake changes, restore it; if it was renamed or moved, correct __tests__/wanted-mutants.ts.`,
      );
    return found;
  });
}
