/** Mistakes whose consequences are worst, by the beginning of their keys: the sample that the tests play has them all. */
const wanted = [
  // Any other task hides a beat that is dead.
  'CeleryBeatSilent: `measure`: {name="erp.heartbeat"} dropped',
  // It fires for ever.
  'PrometheusOperatorRefusesChange: `measure`: {status="failed"} dropped',
  // It cannot fire while anything else is up.
  'ErpDown: `measure`: {job="erp-api"} dropped',
  'ErpLivenessFailing: `measure`: {probe_type="Liveness"} dropped',
  // One pod, host or worker of many stands for all of them.
  "PostgresqlConnectionsExhausted: `measure`: max in place of sum",
  "ErpRouteFails: `measure`: max in place of sum",
  "ErpRouteSlow: `measure`: max in place of sum",
  "CeleryTasksFailing: `measure`: max in place of sum by (name) (rate(celery_task_failed_total",
  "CeleryQueueLong: `measure`: max in place of sum by (queue_name) (celery_queue_length)",
  // A busy route covers for a quiet one.
  "ErpRouteFails: route dropped from `on`",
  "ErpRouteSlow: route dropped from `on`",
  "CeleryTasksFailing: name dropped from `on`",
  // A number of events is compared with a share of them.
  "LokiLosesLines: `measure`: not divided by",
  "PrometheusCannotReachAlertmanager: `measure`: not divided by",
  // Pods, volumes and containers of other people page.
  ...[
    "ContainerMemoryNearLimit: {namespace=~",
    "ContainerOutOfMemory: {namespace=~",
    "VolumeFillingUp: {namespace=~",
    "VolumeAlmostFull: {namespace=~",
    "VolumeInodesLow: {namespace=~",
    "PodCrashLooping: {namespace=~",
    "PodNotReady: {namespace=~",
    "DaemonSetPodsMissing: {namespace=~",
    "ErpJobFailed: `measure`: {namespace=",
    "ErpAutoscalerAtMaximum: {namespace=",
  ],
];

interface Wanted {
  readonly key: string;
  /** Why the mistake changes nothing. @default it may change something */
  readonly equivalent?: string;
}

/**
 * The first mutant of each that is wanted.
 * @throws {Error} when there is none, because an alert or its expression has another name now
 */
export function wantedMutants<One extends Wanted>(all: readonly One[]): readonly One[] {
  return wanted.map((beginning) => {
    const found = all.find(({ key, equivalent }) => key.startsWith(beginning) && equivalent === undefined);
    if (!found) throw new Error(`There is no mutant ${beginning}…: correct __tests__/wanted-mutants.ts.`);
    return found;
  });
}
