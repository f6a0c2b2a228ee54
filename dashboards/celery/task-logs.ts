import { logsLink } from "../../kit/dashboards/links";

/** From a series of one kind of task to the lines that workers wrote while they ran it. */
export const taskLogs = logsLink(
  "Logs of this task",
  '{namespace="${namespace}",app="erp-worker"} | json | task_name="${__field.labels.name}"',
);
