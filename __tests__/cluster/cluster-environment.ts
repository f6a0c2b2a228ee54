import type { Environment } from "../../settings/environment";
import { containerResources } from "../../settings/presets";
import { local } from "../fixtures/local";
import { recorded } from "../fixtures/recorded";
import { shared } from "../fixtures/shared";
import { testNamespace } from "./deployed-mark";

export interface TestCluster {
  /** Name of the context in the kubeconfig. */
  readonly context: string;
  /** Folder of `<chart>-<version>.tgz`. */
  readonly charts: string;
  /** The image of the ERP. @default the image of `local` */
  readonly image?: string;
  /** Which metrics of the cluster are kept. @default as in `local` */
  readonly clusterMonitoring?: Environment["clusterMonitoring"];
  /** Whether a Grafana in the cluster shows the dashboards. @default false: nothing about Grafana is deployed */
  readonly grafana?: boolean;
  /** Whether Alloy reads the logs. @default false: Promtail does, as in `local` */
  readonly alloy?: boolean;
  /** Whether a team has a receiver and a namespace of its own. @default false: everything belongs to the platform */
  readonly teams?: boolean;
  /** Whether it is the environment `shared`, with the settings of two teams. @default false: it is `local` */
  readonly shared?: boolean;
  /** Whether the ERP uses the Elasticsearch of the tests for search. @default false, as in `local` */
  readonly elasticsearch?: boolean;
  /** Whether it is the environment that recordings are captured from. @default false: it is `local` */
  readonly recorded?: boolean;
}

/**
 * The environment `local`, `shared` or `recorded`. Only the context, the charts, Grafana and the receivers of the platform
 * are those of the test cluster. Its name is always `local`, because the tests continue on deployments of `local` and
 * destroy them.
 */
export function testEnvironment(given: TestCluster): Environment {
  const base = given.shared ? shared : given.recorded ? recorded : local;
  const { context, charts, image = base.erp.image, clusterMonitoring = base.clusterMonitoring } = given;
  return {
    ...base,
    name: local.name,
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
    ...(given.teams && {
      teams: { payments: { chat: { webhook: { urlKey: "payments-url" } }, namespaces: [teamNamespace] } },
    }),
    erp: { ...base.erp, image, ...(given.elasticsearch && { elasticsearch: recorded.erp.elasticsearch }) },
  };
}

/** The namespace of the team `payments`, which a story creates. */
export const teamNamespace = "payments";

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
