import type { Environment } from "../../settings/environment";
import { containerResources } from "../../settings/presets";
import { local } from "../fixtures/local";
import { recorded } from "../fixtures/recorded";
import { testNamespace } from "./deployed-mark";

export interface TestCluster {
  /** Of the kubeconfig. */
  readonly context: string;
  /** Folder of `<chart>-<version>.tgz`. */
  readonly charts: string;
  /** The ERP's. @default that of `local` */
  readonly image?: string;
  /** @default that of `local` */
  readonly clusterMonitoring?: Environment["clusterMonitoring"];
  /** Whether a Grafana in the cluster shows the dashboards. @default false: nothing about Grafana is deployed */
  readonly grafana?: boolean;
  /** Whether Alloy reads the logs. @default false: Promtail does, as in `local` */
  readonly alloy?: boolean;
  /** Whether the ERP searches with the Elasticsearch of the tests. @default false, as in `local` */
  readonly elasticsearch?: boolean;
  /** Whether it is the environment that recordings are captured from. @default false: it is `local` */
  readonly recorded?: boolean;
}

/** `local`, or what is recorded, as it is, but for what a test cluster lacks or watches: its context, charts, Grafana, and who hears of alerts. */
export function testEnvironment(given: TestCluster): Environment {
  const base = given.recorded ? recorded : local;
  const { context, charts, image = base.erp.image, clusterMonitoring = base.clusterMonitoring } = given;
  return {
    ...base,
    clusterMonitoring,
    cluster: { ...base.cluster, context },
    mirrors: { charts },
    logAgent: given.alloy ? alloy : base.logAgent,
    grafana: given.grafana ? existingGrafana : { mode: "off" },
    alertmanager: {
      ...base.alertmanager,
      secret: "alertmanager-receivers",
      receivers: { pager: { webhook: { urlKey: "pager-url" } }, chat: { webhook: { urlKey: "chat-url" } } },
      heartbeat: { urlKey: "heartbeat-url", repeatInterval: "1m", grace: "5m" },
    },
    erp: { ...base.erp, image, ...(given.elasticsearch && { elasticsearch: recorded.erp.elasticsearch }) },
  };
}

const alloy: Environment["logAgent"] = {
  ...local.logAgent,
  kind: "alloy",
  resources: containerResources("50m", "192Mi", "256Mi"),
};

const existingGrafana: Environment["grafana"] = {
  mode: "existing",
  namespace: testNamespace,
  url: "http://localhost:3000",
};
