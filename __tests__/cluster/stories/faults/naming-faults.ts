import { disruptions } from "../../disruptions";
import { eventually, kubectl, query, shell } from "../../kubernetes";
import { description } from "../../webhook";
import { faultStory } from "./fault";

/** Faults that look like other faults. Their notification must give the right name. */
export const namingFaults = [
  faultStory({
    name: "monitors-deleted",
    fault: "the ServiceMonitors of the API and of Redis' exporter are deleted",
    proves: "an API that is not observed is not reported as down while its probe succeeds",
    minutes: 17,
    disruptions: [disruptions.noErpMonitor, disruptions.noRedisExporterMonitor],
    seconds: 660,
    notified: [{ alert: "ErpTargetsMissing", receiver: "chat", within: 720 }],
    wellWithin: 120,
  }),
  faultStory({
    name: "invalid-rule",
    fault: "an alert rule that does not parse is applied by hand",
    proves: "a rule that does not parse is reported and disables no other rule",
    minutes: 14,
    disruptions: [disruptions.invalidRule],
    seconds: 60,
    notified: [{ alert: "PrometheusOperatorRefusesChange", receiver: "chat", within: 690 }],
    wellWithin: 60,
    meanwhile: (start) => {
      const [, command = ""] = /`(.+)`/.exec(description("chat", "PrometheusOperatorRefusesChange") ?? "") ?? [];
      expect(shell(command)).toMatch(/prometheusrule=by-hand.*parse error/);
      // Each rule group has one series.
      const series = "prometheus_rule_group_last_duration_seconds";
      expect(query(`count(${series}) == count(${series} @ ${start / 1000})`)).toHaveLength(1);
    },
  }),
  faultStory({
    name: "dns-lost",
    fault: "the DNS server of the cluster has no pod for four minutes",
    proves: "a loss of DNS is reported by its name, and probes that fail because of it send no page",
    minutes: 14,
    disruptions: [disruptions.noDns],
    seconds: 240,
    notified: [],
    notifiedLate: [{ alert: "ClusterDnsFailing", receiver: "pager", within: 330 }],
    wellWithin: 120,
  }),
  faultStory({
    name: "wrong-password",
    fault: "the Secret of the database has a wrong password, and the pods of the API are replaced",
    proves: "pods that wait for the database give the reason, and start when the Secret is repaired",
    minutes: 10,
    disruptions: [disruptions.wrongPassword],
    seconds: 180,
    notified: [{ alert: "ErpDown", receiver: "pager", within: 120 }],
    wellWithin: 300,
    meanwhile: async () => {
      const log = () =>
        kubectl("-n", "erp", "logs", "-l", "app.kubernetes.io/name=erp-api", "--container=await-migrations");
      await eventually("the reason in the log of a waiting pod", 180, () => log().includes("wrong user or password"));
    },
  }),
  faultStory({
    name: "everything-stopped",
    fault: "ten Deployments of the ERP have no pod",
    proves: "the stop of ten Deployments sends two notifications to the pager and two to the chat",
    minutes: 12,
    disruptions: [
      disruptions.noPostgresql,
      disruptions.noRedis,
      disruptions.noApi,
      disruptions.noWorkers,
      disruptions.noBeat,
      disruptions.noTraffic,
      disruptions.noPostgresqlExporter,
      disruptions.noRedisExporter,
      disruptions.noCeleryExporter,
      disruptions.noBlackboxExporter,
    ],
    seconds: 300,
    notified: [{ alert: "ErpDown", receiver: "pager", within: 120 }],
    mayPage: ["PostgresqlDown", "RedisDown", "CeleryNoWorkers"],
    mayLose: { secondsOfSamples: 30 },
    wellWithin: 240,
  }),
  faultStory({
    name: "memory-bomb",
    fault: "a pod takes more memory than its limit",
    proves: "a pod that takes too much memory is reported and affects no other pod",
    minutes: 8,
    disruptions: [disruptions.outOfMemory],
    seconds: 120,
    notified: [{ alert: "ContainerOutOfMemory", receiver: "chat", within: 300 }],
    wellWithin: 60,
  }),
];
