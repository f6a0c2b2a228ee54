import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { namespaces } from "../../../settings/addresses";
import { sentryDsn } from "../../../settings/sentry-dsn";
import { sentryProjectOf } from "../../../settings/sentry-project-of";
import { CommandError } from "../../command";
import { request } from "../../request";
import { checkSecrets, valueIn } from "../../secrets/check-secrets";
import type { Check, Failure, Findings } from "../check";

/** Seconds within which Sentry shows an event that it has accepted. */
const longestProcessing = 60;

/** Sends a test event with the DSN of the ERP. With a token of Sentry, also looks the event up. */
export const sentryEvent: Check = {
  id: "sentry-event",
  title: "Sentry accepts an event with the ERP's DSN",
  permissions: [{ namespaces: [namespaces.erp], resources: ["secrets"], verbs: ["get"] }],
  readsSecrets: true,
  creates: "one event of level info in Sentry, which is marked as a test",
  onlyWith: "sentry",
  without: ({ erp }) => (erp.sentry.mode === "off" ? "`erp.sentry.mode` is off" : undefined),
  async run({ environment, kubectl }) {
    const { sentry } = environment.erp;
    const { name, key } = sentry.mode === "off" ? { name: "", key: "" } : sentryDsn(sentry);
    const secret = { namespace: namespaces.erp, name, keys: [key], purpose: "the ERP's Sentry DSN" };
    const dsn = valueIn(await checkSecrets([secret], kubectl), `${namespaces.erp}/${name}`, key);
    if (dsn === undefined)
      throw new CommandError(`the Secret ${namespaces.erp}/${name} has no value for the key ${key}`);
    const project = sentryProjectOf(environment);
    const known = { SENTRY_ORG: project?.organization, SENTRY_URL: project?.baseUrl };
    return sendEvent(dsn.trim(), environment.name, { ...known, ...process.env });
  },
};

/** Variables of the process that give access to Sentry's API. */
type Variables = Readonly<Record<string, string | undefined>>;

/** @throws {CommandError} when Sentry does not answer. No message contains the DSN. */
export async function sendEvent(dsn: string, environment: string, variables: Variables): Promise<Findings> {
  const { protocol, host, username, pathname } = new URL(dsn);
  const [, prefix = "", project = ""] = /^(.*)\/(\d+)$/.exec(pathname) ?? [];
  const id = randomUUID().replaceAll("-", "");
  const response = await request(`${protocol}//${host}${prefix}/api/${project}/envelope/`, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-sentry-envelope",
      "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=erp-observability-verify/1, sentry_key=${username}`,
    },
    body: envelope(id, environment),
  }).catch((error: Error) => {
    throw new CommandError(`Sentry at ${host} cannot be reached from this machine: ${error.message}`);
  });
  const where = `Sentry at ${host}, project ${project}`;
  if (response.status !== 200) {
    const found = `it answers ${response.status}: ${(await response.text()).slice(0, 200)}`;
    return {
      failures: [{ where, expected: "it accepts an event with the DSN of the ERP", found, runbook: "wrong-secret" }],
    };
  }
  const { SENTRY_AUTH_TOKEN: token, SENTRY_ORG: organization, SENTRY_URL: url = "https://sentry.io" } = variables;
  if (!token || !organization) {
    return {
      failures: [],
      notes: [`event ${id} was accepted, and not looked up: SENTRY_AUTH_TOKEN and SENTRY_ORG are not set`],
    };
  }
  const failures = await lookUp(`${url}/api/0/projects/${organization}/${project}/events/${id}/`, token, where);
  return { failures, notes: [`event ${id}`] };
}

/** @see https://develop.sentry.dev/sdk/data-model/envelopes/ */
function envelope(id: string, environment: string): string {
  const event = {
    event_id: id,
    timestamp: new Date().toISOString(),
    platform: "other",
    level: "info",
    environment,
    logger: "verify",
    message: "TEST: this event needs no action. `npm run verify --sentry` has sent it.",
    tags: { test: "verify" },
  };
  return `${[{ event_id: id }, { type: "event" }, event].map((part) => JSON.stringify(part)).join("\n")}\n`;
}

/** @see https://docs.sentry.io/api/events/retrieve-an-event-for-a-project/ */
async function lookUp(url: string, token: string, where: string): Promise<Failure[]> {
  let status = 0;
  for (const end = Date.now() + longestProcessing * 1000; Date.now() < end; await sleep(2000)) {
    ({ status } = await request(url, { headers: { Authorization: `Bearer ${token}` } }));
    if (status === 200) return [];
    if (status === 401 || status === 403)
      throw new CommandError("Sentry does not accept SENTRY_AUTH_TOKEN: it needs the scope `event:read`");
  }
  const found = `it answers ${status} after ${longestProcessing} s: a filter or a quota may drop events`;
  return [{ where, expected: "it shows the event that it has accepted", found, runbook: "wrong-secret" }];
}
