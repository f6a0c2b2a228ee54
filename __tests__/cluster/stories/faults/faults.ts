import { logFaults } from "./log-faults";
import { namingFaults } from "./naming-faults";
import { notificationFaults } from "./notification-faults";
import { prometheusFaults } from "./prometheus-faults";

/** Faults of the monitoring itself, of the node and of the cluster. */
export const faults = [...logFaults, ...prometheusFaults, ...namingFaults, ...notificationFaults];
