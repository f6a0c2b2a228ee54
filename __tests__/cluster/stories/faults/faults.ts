import { logFaults } from "./log-faults";
import { namingFaults } from "./naming-faults";
import { nodeDiskFull } from "./node-disk-full";
import { notificationFaults } from "./notification-faults";
import { prometheusFaults } from "./prometheus-faults";
import { prometheusTwin } from "./prometheus-twin";
import { sentryFaults } from "./sentry-faults";

/** Faults of the monitoring itself, of the node and of the cluster. */
export const faults = [
  ...logFaults,
  ...prometheusFaults,
  prometheusTwin,
  ...namingFaults,
  ...notificationFaults,
  ...sentryFaults,
  nodeDiskFull,
];
