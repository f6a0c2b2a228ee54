import type { Job } from "../../kit/metrics/job";
import { source } from "../../kit/metrics/metric";
import { pods } from "../../settings/addresses";
import { podJob } from "../scrape-jobs";

/** Module of the blackbox exporter that looks up the name of the Kubernetes API. */
export const dnsProbeModule = "kubernetes_api";

/**
 * Look-ups of a name that every cluster has: the API server creates the Service `kubernetes` again if it is deleted.
 * Prometheus finds the exporter by its pod and not by its name, so that it needs no DNS itself.
 */
export const dnsProbeJob: Job = {
  ...podJob("dns-probe", "http", "blackbox-exporter", pods.blackboxExporter),
  path: "/probe",
  parameters: { module: dnsProbeModule, target: "https://kubernetes.default.svc/livez" },
  intervalSeconds: 15,
  timeoutSeconds: 5,
};

/** Metrics of DNS, as the blackbox exporter sees it. */
export const dns = {
  addressFamily: source(dnsProbeJob).gauge("probe_ip_protocol", [], {
    help: "4 or 6, the version of the address that the look-up returned, or 0 if the look-up failed.",
    unit: "count",
  }),
};
