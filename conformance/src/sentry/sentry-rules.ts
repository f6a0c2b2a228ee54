import { NotChecked } from "../not-checked";
import type { Finding, Need, Rule } from "../rule";
import type { Run } from "../run";
import { becomesTrue } from "../wait";
import type { SentryItem } from "./sentry-receiver";

const needs: readonly Need[] = [
  { option: "--sentry <[address:]port>", isGiven: ({ choices }) => choices.sentry !== undefined },
];

/** Time until the image has sent an event. */
const sendSeconds = 5;

export const sentryEvent: Rule = {
  name: "sentry-event",
  title: "Sentry gets an event of a request, with its tags, the release and the environment",
  needs,
  async check(run) {
    await becomesTrue(() => itemOf(run) !== undefined, sendSeconds);
    const item = itemOf(run);
    if (item) return [...tagFindings(run, item), ...(await identityFindings(run, item))];
    const received = run.choices.sentry?.items.length ?? 0;
    return [
      {
        expected: `an event or a transaction with the tag request_id="${run.plantedRequestId}" within ${sendSeconds} s`,
        found: received === 0 ? "no event" : `${received} others`,
        remedy:
          "start the image with SENTRY_DSN=http://key@<address>:<port>/1, and either SENTRY_TRACES_SAMPLE_RATE=1 or a route that fails, named with --failing-path; set the tag in before_send and before_send_transaction",
      },
    ];
  },
};

export const sentrySecrets: Rule = {
  name: "sentry-secrets",
  title: "no event contains a secret",
  needs,
  async check(run) {
    const items = run.choices.sentry?.items ?? [];
    if (items.length === 0) throw new NotChecked("no event was received: see sentry-event");
    return run.planted.flatMap(({ what, value }): Finding[] => {
      const found = items.find(({ text }) => text.includes(value));
      if (!found) return [];
      const remedy = "remove headers, cookies, query and body in before_send, and redact every text";
      return [{ expected: `no event contains the ${what}`, found: `${articled(found.type)} contains it`, remedy }];
    });
  },
};

function articled(type: string): string {
  return type === "event" ? "an event" : `a ${type}`;
}

/** The event of the request that carried the planted secrets. */
function itemOf({ choices, plantedRequestId }: Run): SentryItem | undefined {
  return choices.sentry?.items.find(({ text }) => text.includes(plantedRequestId));
}

function tagFindings({ contract, plantedRequestId }: Run, { type, payload }: SentryItem): readonly Finding[] {
  const { tags = {} } = payload;
  const isWrong = (tag: string) => (tag === "request_id" ? tags[tag] !== plantedRequestId : !tags[tag]);
  return contract.sentry.tags.filter(isWrong).map((tag) => ({
    expected: `${articled(type)} has the tag ${tag}${tag === "request_id" ? `="${plantedRequestId}"` : ""}`,
    found: tags[tag] === undefined ? "no such tag" : JSON.stringify(tags[tag]),
    remedy: "set the tag in before_send and before_send_transaction, where it is certain whichever scope the SDK uses",
  }));
}

/** Release and environment are those that the image states in its metrics. */
async function identityFindings(run: Run, { type, payload }: SentryItem): Promise<readonly Finding[]> {
  const { identityMetric } = run.contract.sentry;
  const families = await run.families().catch(() => new Map());
  const labels = families.get(identityMetric)?.samples[0]?.labels ?? {};
  const expected = { release: labels.version, environment: labels.environment };
  return (["release", "environment"] as const)
    .filter((name) => (expected[name] === undefined ? !payload[name] : payload[name] !== expected[name]))
    .map((name) => ({
      expected: `${articled(type)} has the ${name} ${expected[name] ?? ""}, as ${identityMetric} states`,
      found: payload[name] ?? `no ${name}`,
      remedy: `set ${name} from ${name === "release" ? "APP_VERSION" : "ENVIRONMENT"} in sentry_sdk.init`,
    }));
}
