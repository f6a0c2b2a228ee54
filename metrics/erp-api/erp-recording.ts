import { evaluationSeconds, type Recording, recording, recordingSeconds } from "../../kit/metrics/recording";
import { namespaces } from "../../settings/addresses";
import { erpApiJob } from "./erp-api-metrics";

type Form = Pick<Recording, "name" | "help" | "measure">;

/**
 * Window of a rate that is recorded every minute. It covers the whole minute between two samples, so that each request
 * is counted in exactly one window.
 */
export const aroundMinute = `${recordingSeconds + erpApiJob.intervalSeconds}s`;

/** A recording about the ERP that is evaluated every minute. */
export function erpRecording(form: Form): Recording {
  return recording({ ...form, group: "erp-recordings", intervalSeconds: recordingSeconds, ...ofErp });
}

/** A recording about the ERP that is evaluated together with the alerts of its group, and before them. */
export function alertRecording(form: Form, group: string): Recording {
  return recording({ ...form, group, intervalSeconds: evaluationSeconds, ...ofErp });
}

const ofErp = { sample: { namespace: namespaces.erp } };
