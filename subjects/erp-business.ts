import { erpCreationStopped } from "../alerts/erp-business/erp-creation-stopped";
import { erpTrafficDrop } from "../alerts/erp-business/erp-traffic-drop";
import { businessDashboard } from "../dashboards/erp-business/business-dashboard";
import { businessRecordingList } from "../metrics/erp-business/business-recordings";
import type { Subject } from "./subject";

/** The business activity of the ERP: what users do with it. */
export const erpBusiness: Subject = {
  name: "erp-business",
  recordings: ({ business }) => businessRecordingList(business),
  alerts: (catalogued) => [erpCreationStopped(catalogued), erpTrafficDrop(catalogued)],
  dashboards: (catalogued) => [businessDashboard(catalogued)],
  eventSeries: {
    "erp:entities_created:increase1h_offset1w": "a week",
    "erp:http_requests:avg15m_offset1w": "a week",
  },
};
