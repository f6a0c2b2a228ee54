import type { Job } from "../kit/metrics/job";
import { open } from "../kit/metrics/label-values";
import { namespaces, type Pods } from "../settings/addresses";
import { clusterObjects } from "./label-vocabularies";

const { namespace, node, pod } = clusterObjects;
const instance = open("addresses of pods and nodes");

/** Intervals of ERP jobs, short enough that an outage pages within 90 seconds. */
const erp = { team: "erp", intervalSeconds: 15, timeoutSeconds: 5 } as const;

/** Intervals of platform jobs, which are the defaults of the charts. */
const platform = { team: "platform", intervalSeconds: 30, timeoutSeconds: 10 } as const;

/** A program of the ERP, scraped through its Service. */
export function erpJob(name: string, port: string): Job {
  const labels = targetLabels(name, port, name);
  return {
    ...erp,
    name,
    port,
    path: "/metrics",
    scrapedBy: "ServiceMonitor",
    sampleLimit: 20_000,
    labels,
    sample: typicalSample(name),
  };
}

/** Endpoints of the ERP that the blackbox exporter probes. */
export function probeJob(name: string): Job {
  const labels = {
    job: { values: [name] },
    instance: open("URLs of the Service, or of `erp.ingress.hosts`"),
    namespace,
  };
  return { ...erp, name, port: "http", path: "/probe", scrapedBy: "Probe", labels, sample: typicalSample(name) };
}

/** The exporter of a server that the ERP uses. */
export function exporterJob(name: string): Job {
  const labels = targetLabels(name, "metrics", name);
  return {
    ...platform,
    team: "erp",
    name,
    port: "metrics",
    path: "/metrics",
    scrapedBy: "ServiceMonitor",
    labels,
    sample: typicalSample(name),
  };
}

/** A program whose chart already scrapes it through a Service. `service` is the value of the label `job`. */
export function chartJob(name: string, port: string, service: string, container: string): Job {
  const labels = targetLabels(service, port, container);
  return { ...platform, name, port, path: "/metrics", scrapedBy: "chart", labels, sample: typicalSample(name) };
}

/**
 * One of the kubelet's endpoints. Its Service is created by the operator and has nodes instead of pods as endpoints.
 */
export function kubeletJob(name: string, path: string): Job {
  const { container: _container, pod: _pod, ...target } = targetLabels("kubelet", "https-metrics", "");
  const labels = { ...target, node, metrics_path: { values: [path] } };
  return { ...platform, name, port: "https-metrics", path, scrapedBy: "chart", labels, sample: typicalSample(name) };
}

/** The node exporter. Only labels that every installation of it has are listed, so that queries do not use others. */
export function nodeJob(name: string): Job {
  const labels = { job: { values: [name] }, instance, node };
  return {
    ...platform,
    name,
    port: "http-metrics",
    path: "/metrics",
    scrapedBy: "chart",
    labels,
    sample: typicalSample(name),
  };
}

/** A component of the platform whose pods Prometheus scrapes without a Service. */
export function podJob(name: string, port: string, container: string, pods: Pods): Job {
  const { service: _service, ...labels } = targetLabels(name, port, container);
  return {
    ...platform,
    name,
    port,
    path: "/metrics",
    scrapedBy: "PodMonitor",
    pods,
    labels,
    sample: typicalSample(name),
  };
}

/** Labels that the operator adds to every target that is found through a Service. */
function targetLabels(job: string, port: string, container: string) {
  return {
    job: { values: [job] },
    endpoint: { values: [port] },
    container: { values: [container] },
    instance,
    namespace,
    pod,
    service: open("names of Services"),
  };
}

function typicalSample(name: string): Job["sample"] {
  return { namespace: namespaces.erp, pod: `${name}-0`, instance: "10.0.0.1:8000", service: name, node: "node" };
}
