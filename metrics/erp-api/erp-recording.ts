import { evaluationSeconds, type Recording, recording, recordingSeconds } from "../../kit/metrics/recording";
import { namespaces } from "../../settings/addresses";
import { erpApiJob } from "./erp-api-metrics";

type Form = Pick<Recording, "name" | "help" | "measure">;

/**
 * Window of a rate that is recorded each minute. It spans the minute between its samples: each request is counted in
 * exactly one window, and none is lost.
 */
export const aroundMinute = `${recordingSeconds + erpApiJob.intervalSeconds}s`;

/** A recording about the ERP, made each minute. */
export function erpRecording(form: Form): Recording {
  return recording({ ...form, group: "erp-recordings", intervalSeconds: recordingSeconds, ...ofErp });
}

/** A recording about the ERP, made as often as the alerts of that group are evaluated, and before them. */
export function alertedRecording(form: Form, group: string): Recording {
  return recording({ ...form, group, intervalSeconds: evaluationSeconds, ...ofErp });
}

const ofErp = { sample: { namespace: namespaces.erp } };
