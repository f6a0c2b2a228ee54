import { coresOf } from "../../kit/queries/quantity";
import type { Rule } from "../rule";

/** Scaling acts only if the use differs from the target by more than this factor: the default of Kubernetes. */
const tolerance = 1.1;

/** Bounds and targets with which autoscaling cannot work. */
export const scaling: readonly Rule[] = [
  {
    at: "erp.api.scale.targetCpuUtilization",
    reads: ["erp.api.resources"],
    broken: ({ erp: { api } }) => {
      const { requests, limits } = api.resources;
      if (!("targetCpuUtilization" in api.scale) || limits.cpu === undefined) return false;
      const most = (100 * coresOf(limits.cpu)) / coresOf(requests.cpu);
      return most <= tolerance * api.scale.targetCpuUtilization;
    },
    rule: "must be so low that pods can exceed 1.1 times the target within their CPU limit: otherwise autoscaling never adds a pod",
    remedy: "lower it, lower `erp.api.resources.requests.cpu`, or remove the CPU limit",
  },
  {
    at: "erp.api.scale.maxReplicas",
    broken: ({ erp: { api } }) => "maxReplicas" in api.scale && api.scale.maxReplicas === api.scale.minReplicas,
    rule: "must be above `minReplicas`: otherwise nothing is scaled, and ErpAutoscalerAtMaximum fires all the time",
    remedy: "raise it, or set a fixed number as { replicas }",
  },
];
