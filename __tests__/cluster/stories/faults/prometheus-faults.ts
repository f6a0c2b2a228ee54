import { disruptions } from "../../disruptions";
import { query } from "../../kubernetes";
import { faultStory } from "./fault";

/** Faults of Prometheus and of what it depends on. */
export const prometheusFaults = [
  faultStory({
    name: "prometheus-volume-full",
    fault: "Prometheus' volume is full",
    proves: "a full volume of Prometheus pages, and samples are stored again when it has room",
    minutes: 10,
    prepared: [disruptions.smallPrometheusVolume],
    disruptions: [disruptions.fullPrometheusVolume],
    seconds: 240,
    notified: [{ alert: "PrometheusNotIngesting", receiver: "pager", within: 240 }],
    mayLose: { secondsOfSamples: 420 },
    wellWithin: 120,
  }),
  faultStory({
    name: "corrupted-wal",
    fault: "4 KiB of Prometheus' write-ahead log are overwritten, and Prometheus is killed",
    proves: "samples that a repair of the write-ahead log has lost are reported",
    minutes: 16,
    disruptions: [disruptions.corruptedWal],
    seconds: 60,
    notified: [{ alert: "PrometheusStorageFailing", receiver: "chat", within: 11 * 60 + 30 }],
    // Everything since the newest checkpoint of the write-ahead log, at most.
    mayLose: { secondsOfSamples: 2 * 60 * 60 },
    wellWithin: 120,
  }),
  faultStory({
    name: "api-server-paused",
    fault: "the API server of Kubernetes answers nobody for three minutes",
    proves: "a stop of the API server leaves no gap, sends no page and restarts nothing",
    minutes: 8,
    disruptions: [disruptions.pausedApiServer],
    seconds: 210,
    notified: [],
    mayLose: { secondsOfSamples: 30 },
    wellWithin: 60,
    // A liveness probe that asks the API server would restart a healthy container.
    afterwards: () => expect(query("changes(kube_pod_container_status_restarts_total[10m]) > 0")).toEqual([]),
  }),
];
