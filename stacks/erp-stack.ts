import type { Construct } from "constructs";
import { monitorLabels, namespaces } from "../config/addresses";
import type { Environment } from "../config/environment";
import { CustomResources } from "../constructs/custom-resources";
import { IngressRules } from "../constructs/ingress-rules";
import { prometheusRule } from "../constructs/prometheus-rule";
import type { Signals } from "../signals";
import { Dashboards } from "./dashboards";
import { EnvironmentStack } from "./environment-stack";
import { ErpApi } from "./erp-api";
import { ErpCelery } from "./erp-celery";
import { ErpExporters } from "./erp-exporters";
import { erpIngress } from "./erp-ingress";
import { ErpMigration } from "./erp-migration";
import { erpMonitors } from "./erp-monitors";
import { ErpServers } from "./erp-servers";
import { sentrySecret } from "./sentry";

/** The ERP, what watches it, and what is known about it. */
export class ErpStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, signals: Signals) {
    super(scope, "erp", environment);
    const { erp, grafana } = environment;

    new IngressRules(this, "Ingress", erpIngress(environment));
    sentrySecret(this, erp.sentry);
    if (erp.inCluster) new ErpServers(this, environment, erp.inCluster);
    new ErpMigration(this, environment);
    new ErpApi(this, environment);
    new ErpCelery(this, environment);
    const exporters = new ErpExporters(this, environment);
    new CustomResources(this, "Signals", {
      name: "erp-signals",
      namespace: namespaces.erp,
      resources: [
        ...erpMonitors(environment),
        ...exporters.serviceMonitors,
        ...signals.erp.rules.map(({ name, groups }) => prometheusRule(name, monitorLabels, groups)),
      ],
    });
    new Dashboards(this, grafana, signals.erp.dashboards);
  }
}
