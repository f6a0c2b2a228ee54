import { z } from "zod";
import { inSeconds } from "../kit/queries/duration";
import { duration, message } from "./fields";

const slo = z.strictObject({
  /** Share of requests that must meet the objective, such as `0.999`. */
  objective: z
    .number()
    .lt(1, message("must be below 1, which would allow no failure at all", "write a share such as 0.999"))
    .gt(
      1 - 1 / 14.4,
      message(
        "must be at least 0.9306: the fastest alert fires when 14.4 × (1 − objective) of the requests fail, and this share must be below 1",
        "write a share such as 0.999",
      ),
    ),
  /** Period over which the objective must be met, such as `30d`: at most `prometheus.retention`. */
  window: duration.refine(
    (window) => !(inSeconds(window) <= inSeconds("3d")),
    message("must be longer than 3d, which is the window of the slowest burn-rate alert", "use `30d`"),
  ),
});

/** Service level objectives of the ERP. */
export const slos = z.strictObject({
  availability: slo,
  /**
   * Share of requests that must be answered within `threshold` seconds, which must be a bucket bound of `httpMetrics`.
   */
  latency: slo.extend({
    threshold: z
      .number()
      .gt(0, message("must be above 0", "write seconds such as 0.5"))
      .meta({ examples: [0.1, 0.5, 1] }),
  }),
});
