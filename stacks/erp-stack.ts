import type { Construct } from "constructs";
import { CustomResources } from "../constructs/custom-resources";
import { IngressRules } from "../constructs/ingress-rules";
import { prometheusRule } from "../constructs/prometheus-rule";
import { monitorLabels, namespaces } from "../settings/addresses";
import type { Signals } from "../signals";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
import { ErpApi } from "./erp-api-workload";
import { ErpCelery } from "./erp-celery";
import { ErpExporters } from "./erp-exporters";
import { erpIngress } from "./erp-ingress";
import { ErpMigration } from "./erp-migration";
import { erpMonitors } from "./erp-monitors";
import { ErpServers } from "./erp-servers";
import { GrafanaContent } from "./grafana-content";
import { SentrySecret } from "./sentry-secret";

export interface ErpStackProps extends EnvironmentStackProps {
  readonly signals: Signals;
}

/** The ERP with its exporters, monitors, alerts and dashboards. */
export class ErpStack extends EnvironmentStack {
  constructor(scope: Construct, id: "erp", props: ErpStackProps) {
    super(scope, id, props);
    const { environment, signals } = props;
    const { erp, grafana } = environment;

    new IngressRules(this, "Ingress", { rules: erpIngress(environment) });
    if (erp.sentry.mode === "managed") new SentrySecret(this, "SentryDsn", { environment, sentry: erp.sentry });
    if (erp.inCluster) new ErpServers(this, "Servers", { environment, inCluster: erp.inCluster });
    new ErpMigration(this, "Migration", { environment });
    new ErpApi(this, "Api", { environment });
    new ErpCelery(this, "Celery", { environment });
    const exporters = new ErpExporters(this, "Exporters", { environment });
    new CustomResources(this, "Signals", {
      name: "erp-signals",
      namespace: namespaces.erp,
      resources: [
        ...erpMonitors(environment),
        ...exporters.serviceMonitors,
        ...signals.erp.rules.map((group) => prometheusRule(group, monitorLabels)),
      ],
    });
    new GrafanaContent(this, "Dashboards", { grafana, dashboards: signals.erp.dashboards });
  }
}
