import { parseArgs } from "node:util";
import type { Environment } from "../../config/environment";
import { local } from "../../config/local";
import { synthesize } from "../../main";

/**
 * Synthesises `local` for a test cluster: all of it as it is, but for what such a cluster lacks.
 * Replaced are the context, where charts come from, Grafana, and who hears of alerts.
 */
const { values } = parseArgs({
  options: {
    context: { type: "string" },
    charts: { type: "string" },
    outdir: { type: "string" },
    image: { type: "string", default: local.erp.image },
  },
});
const { context, charts, outdir, image } = values;
if (!context || !charts || !outdir) throw new Error("wanted: --context <context> --charts <folder> --outdir <folder>");

const environment: Environment = {
  ...local,
  cluster: { ...local.cluster, context, metricsApi: "existing" },
  mirrors: { charts },
  grafana: { mode: "off" },
  alertmanager: {
    ...local.alertmanager,
    secret: "alertmanager-receivers",
    receivers: { pager: { webhook: { urlKey: "pager-url" } }, chat: { webhook: { urlKey: "chat-url" } } },
    heartbeat: { urlKey: "heartbeat-url", repeatInterval: "1m" },
  },
  erp: { ...local.erp, image },
};
synthesize([environment], outdir);
