import { z } from "zod";
import { message, positive } from "./fields";

const positiveNumber = z
  .number({ error: message("must be a number", "write the mean over a day, such as 20") })
  .positive(message("must be above zero", "write the mean over a day, such as 20 or 0.5"));

/** The size of the cluster and its load, of which the other settings state nothing. */
export const scale = z.strictObject({
  /** Number of nodes of the cluster. */
  nodes: positive,
  /** Number of pods in all namespaces of the cluster, as `kubectl get pods -A` lists them. */
  pods: positive,
  /** Number of pairs of an HTTP method and a path template of the API that get requests, such as `GET /api/v1/orders`. */
  routes: positive,
  /** Log lines per second of all collected namespaces, as the mean over a day. */
  logLinesPerSecond: positiveNumber,
});

export type Scale = z.infer<typeof scale>;
