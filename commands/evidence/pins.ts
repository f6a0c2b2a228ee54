import { local } from "../../config/local";
import { charts, images, kubernetes } from "../../config/versions";
import { jobs } from "../../metrics/jobs";
import { plain, tagOf } from "./versions";

const { programs } = charts.kubePrometheusStack;

/** The version that we deploy of each program that evidence is captured from, without a leading `v`. */
export const pins: Readonly<Record<string, string>> = {
  [jobs.erpApi.name]: tagOf(local.erp.image),
  [jobs.erpWorker.name]: tagOf(local.erp.image),
  [jobs.erpProbe.name]: plain(charts.blackboxExporter.appVersion),
  [jobs.erpPublicProbe.name]: plain(charts.blackboxExporter.appVersion),
  [jobs.blackboxExporter.name]: plain(charts.blackboxExporter.appVersion),
  [jobs.postgresqlExporter.name]: tagOf(images.postgresExporter),
  [jobs.redisExporter.name]: tagOf(images.redisExporter),
  [jobs.celeryExporter.name]: tagOf(images.celeryExporter),
  [jobs.elasticsearchExporter.name]: tagOf(images.elasticsearchExporter),
  [jobs.prometheus.name]: programs.prometheus,
  [jobs.alertmanager.name]: programs.alertmanager,
  [jobs.prometheusOperator.name]: plain(charts.kubePrometheusStack.appVersion),
  [jobs.kubeStateMetrics.name]: programs.kubeStateMetrics,
  [jobs.nodeExporter.name]: programs.nodeExporter,
  [jobs.loki.name]: charts.loki.appVersion,
  [jobs.lokiCanary.name]: charts.loki.appVersion,
  [jobs.promtail.name]: charts.promtail.appVersion,
  [jobs.kubelet.name]: kubernetes,
  [jobs.kubeletProbes.name]: kubernetes,
  [jobs.cadvisor.name]: kubernetes,
};
