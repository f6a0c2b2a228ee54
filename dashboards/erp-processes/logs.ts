import { logsLink } from "../../kit/dashboards/links";

/** From a series of one pod to the lines that this pod wrote. */
export const podLogs = logsLink("Logs of this pod", '{namespace="${namespace}"} | pod="${__field.labels.pod}"');
