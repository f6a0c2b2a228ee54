import { setTimeout as sleep } from "node:timers/promises";
import { addresses } from "../../config/addresses";
import type { Kubectl } from "../cluster/kubectl";
import { podOf } from "./running";

/** No calendar of Python has the day after it, where the report of a day ends. */
const lastDay = "9999-12-31";

/** Asks the ERP for a report that no worker can write: without a failed task, no exception has a series. */
export async function failTask(kubectl: Kubectl): Promise<void> {
  const { namespace, service: app, port } = addresses.erpApi;
  const { path } = await podOf({ namespace, app, port }, kubectl);
  await kubectl.run(["create", "--raw", `${path}/api/v1/reports/${lastDay}`, "--filename=-"]);
  // The worker has failed by then, and the exporter has heard of it.
  await sleep(5000);
}
