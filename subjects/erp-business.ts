import { erpCreationStopped } from "../alerts/erp-business/erp-creation-stopped";
import { erpTrafficDrop } from "../alerts/erp-business/erp-traffic-drop";
import { businessDashboard } from "../dashboards/erp-business/business-dashboard";
import { alertOr } from "../kit/alerts/switched-off";
import { businessRecordingList } from "../metrics/erp-business/business-recordings";
import type { Subject } from "./subject";

const noLastWeek = "`prometheus.retention` is below 8 days, and this alert compares with the week before";

/** The business activity of the ERP: what users do with it. */
export const erpBusiness: Subject = {
  name: "erp-business",
  recordings: ({ business }) => businessRecordingList(business),
  alerts: (catalogued) => [
    alertOr(erpCreationStopped(catalogued), "ErpCreationStopped", noLastWeek),
    alertOr(erpTrafficDrop(catalogued), "ErpTrafficDrop", noLastWeek),
  ],
  dashboards: (catalogued) => [businessDashboard(catalogued)],
  eventSeries: {
    "erp:entities_created:increase1h_offset1w": "a week",
    "erp:http_requests:avg15m_offset1w": "a week",
  },
};
