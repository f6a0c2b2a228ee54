import { alert } from "../../kit/alerts/alert";
import { count } from "../../kit/alerts/limit";
import { gone, holds, samples } from "../../kit/alerts/stories/samples";
import { absence, blip, fires, silent } from "../../kit/alerts/stories/scenario";
import { lasting } from "../../kit/alerts/stories/story-time";
import { promql } from "../../kit/queries/query";
import { blackboxExporter } from "../../metrics/erp-health-checks/erp-probe-metrics";
import { loki } from "../../metrics/loki/loki-metrics";
import { alertmanagerReloader, prometheusReloader } from "../../metrics/prometheus/config-reloader-metrics";

const ends = { after: lasting("14m45s"), by: lasting("15m") };
const failsFor = [holds(1, "5m"), holds(0, lasting("15m")), holds(1, "10m")];

/**
 * If the reloader cannot write a change, the program never sees it and rejects nothing, so that
 * MonitoringConfigRejected stays silent. The reloaders of Prometheus and of Alertmanager expose the same metric.
 */
export const configReloadFailing = alert({
  name: "ConfigReloadFailing",
  group: "platform-monitoring",
  severity: "warning",
  service: "monitoring",
  team: "platform",
  measure: promql`min by (job, pod) (${prometheusReloader.reloaded} or ${loki.settingsLoaded} or ${loki.rulesLoaded} or ${blackboxExporter.configLoaded})`,
  on: ["job", "pod"],
  below: count(1),
  for: "10m",
  summary: "A change to the monitoring configuration does not take effect.",
  description:
    "{{ $labels.pod }} ({{ $labels.job }}) could not load its newest configuration, and still uses the previous one.",
  scenarios: {
    "Alertmanager's secret has one key too many": fires({
      given: [samples(alertmanagerReloader.reloaded, failsFor), samples(prometheusReloader.reloaded, [holds(1, "1h")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: ends,
    }),
    "Loki cannot read its rules but reads its settings": fires({
      given: [samples(loki.rulesLoaded, failsFor), samples(loki.settingsLoaded, [holds(1, "1h")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: ends,
    }),
    "Loki cannot read its settings": fires({
      given: [samples(loki.settingsLoaded, failsFor), samples(loki.rulesLoaded, [holds(1, "1h")])],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: ends,
    }),
    "the blackbox exporter cannot read its modules": fires({
      given: [samples(blackboxExporter.configLoaded, failsFor)],
      onset: "5m",
      after: lasting("-15s"),
      by: lasting(),
      resolves: ends,
    }),
    "Prometheus starts and answers its reloader after three minutes": blip({
      given: [samples(prometheusReloader.reloaded, [holds(0, "3m"), holds(1, "30m")])],
    }),
    "Prometheus is gone": absence(
      silent({
        given: [samples(prometheusReloader.reloaded, [holds(0, "5m"), gone("20m")])],
        because: "PlatformTargetsMissing fires",
      }),
    ),
  },
});
