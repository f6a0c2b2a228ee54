import { type Recording, recordingSeconds } from "../../kit/metrics/recording";
import { promql } from "../../kit/queries/query";
import { erpApi, erpApiJob } from "../erp-api/erp-api-metrics";
import { aroundMinute, erpRecording } from "../erp-api/erp-recording";
import type { Tallies } from "../erp-slos/request-tallies";

/**
 * Recordings of the ERP's business activity, without the label of organisations, which would make one series per
 * organisation and pod.
 */
export interface BusinessRecordings {
  readonly created: Recording;
  readonly activeOrganizations: Recording;
  /** The recordings that today is compared with. They exist where Prometheus keeps samples for longer than a week. */
  readonly weekAgo: WeekAgo;
}

export interface WeekAgo {
  readonly created: Recording;
  readonly requests: Recording;
}

export function businessRecordings({ availability }: Tallies): BusinessRecordings {
  return { created, activeOrganizations, weekAgo: weekAgo(availability.all.minute) };
}

/** All business recordings, each after those that it reads. */
export function businessRecordingList({
  created,
  activeOrganizations,
  weekAgo,
}: BusinessRecordings): readonly Recording[] {
  return [created, activeOrganizations, ...Object.values(weekAgo)];
}

const { entitiesCreated, up } = erpApi;
const before = `offset ${recordingSeconds}s`;

/**
 * Series that have just appeared. The series of an organisation starts with the first object that a pod creates for it,
 * which `rate` does not see; with many organisations and pods, these are a large part of all objects. Pods that were
 * not scraped before are excluded, because their series may be old.
 */
const appeared = promql`(${entitiesCreated} unless ${entitiesCreated} ${before}) and on (namespace, job, pod) ${up} ${before} == 1`;

const created = erpRecording({
  name: "erp:entities_created:increase1m",
  help: "Business objects that the API and the workers created in a minute, by type.",
  measure: promql`sum by (namespace, entity_type) ((${appeared}) or ${recordingSeconds} * rate(${entitiesCreated}[${aroundMinute}]))`,
});

const ofOrganization = promql`${entitiesCreated}{organization_id!="other"}`;
const appearedInHour = promql`(${ofOrganization} unless ${entitiesCreated} offset 1h) and on (namespace) ${up}{job="${erpApiJob.name}"} offset 1h`;

const activeOrganizations = erpRecording({
  name: "erp:active_organizations:count1h",
  help: "Organisations for which an object was created within an hour. Each pod distinguishes the first 200 organisations.",
  measure: promql`count by (namespace) (group by (namespace, organization_id) ((${appearedInHour}) or changes(${ofOrganization}[1h]) > 0)) or 0 * group by (namespace) (${entitiesCreated})`,
});

function weekAgo(requests: Recording): WeekAgo {
  return {
    created: erpRecording({
      name: "erp:entities_created:increase1h_offset1w",
      help: "Business objects that were created in the same hour a week ago, by type.",
      measure: promql`sum_over_time(${created}[1h] offset 1w)`,
    }),
    requests: erpRecording({
      name: "erp:http_requests:avg15m_offset1w",
      help: "Requests a minute in the same 15 minutes a week ago.",
      measure: promql`avg_over_time(${requests}[15m] offset 1w)`,
    }),
  };
}
