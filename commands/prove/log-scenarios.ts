import type { Deciding } from "../../kit/alerts/alert";
import { type LogAlert, logEvaluationSeconds } from "../../kit/alerts/log-alert";
import { type Claim, claims } from "../../kit/alerts/stories/claims";
import { type ExpandedStory, expandStory } from "../../kit/alerts/stories/expanded-story";
import { type LogLines, times } from "../../kit/alerts/stories/log-lines";
import type { Scenario } from "../../kit/alerts/stories/scenario";
import { inSeconds } from "../../kit/queries/duration";
import { metadataFields } from "../../logs/metadata";
import type { LogStore, Stream } from "./log-store";
import { hasPassed, type PlayedScenario } from "./played-scenario";
import { type AlertStates, type EvaluatedSeries, type State, stateAt } from "./timeline";

type Story = ExpandedStory<LogLines> & { readonly scenario: Scenario<LogLines> };

/** Seconds for which a scenario without log lines is evaluated. */
const watched = 1200;

/** Plays scenarios in Loki, each in a tenant of its own. The states of the alert follow from the results of its query. */
export class LogScenarios {
  /** Start of all scenarios, in seconds since 1970: a full minute, so long ago that every scenario has ended. */
  private readonly start = 60 * Math.floor(Date.now() / 60_000) - 4 * 3600;
  private readonly tenants = new Map<Scenario<LogLines>, string>();

  constructor(private readonly store: LogStore) {}

  /**
   * The scenarios of the alert that fail; empty if all of them pass.
   *
   * @param original the alert whose `for` and limit the stories follow: of a mutant, the one that it was made of
   */
  async failures(alert: LogAlert, original: Deciding = alert): Promise<string[]> {
    const played = await this.play(alert, original);
    return played.filter((one) => !hasPassed(one)).map(({ title }) => `${alert.name}: ${title}`);
  }

  /**
   * The scenarios of the alert with the states of the alert, but without the values of its measure.
   *
   * @param original the alert whose `for` and limit the stories follow. @default the alert
   */
  play(alert: LogAlert, original: Deciding = alert): Promise<PlayedScenario[]> {
    return Promise.all(
      Object.entries(alert.scenarios).map(async ([title, scenario]) => {
        const story = { scenario, ...expandStory(scenario, original) };
        const seconds = evaluationsOf(story);
        const alerts = (await this.evaluate(alert.expression.text, story)).map((series) =>
          alertStates(alert, series, seconds),
        );
        const expected = claims(alert, scenario, story, seconds.at(-1) ?? 0);
        const judged = expected.map(async (claim) => ({ claim, met: await this.isMet(claim, alert, story, alerts) }));
        return {
          title,
          scenario,
          claims: await Promise.all(judged),
          timeline: { seconds, measures: [], alerts },
          errors: [],
        };
      }),
    );
  }

  /** The scenarios of the alert, with the values of its measure. */
  async observe(alert: LogAlert): Promise<PlayedScenario[]> {
    const { measures, provided } = alert;
    const played = await this.play(alert);
    return Promise.all(
      played.map(async (one) => {
        const scenario = one.scenario as Scenario<LogLines>;
        const story = { scenario, ...expandStory(scenario, alert) };
        const timeline = {
          ...one.timeline,
          measures: await Promise.all(measures.map(({ text }) => this.evaluate(text, story))),
          ...(provided && { provided: await this.evaluate(provided.text, story) }),
        };
        return { ...one, timeline };
      }),
    );
  }

  private async isMet(claim: Claim, alert: LogAlert, story: Story, alerts: readonly AlertStates[]): Promise<boolean> {
    const at = (second: number) => stateAt(alerts, logEvaluationSeconds * Math.round(second / logEvaluationSeconds));
    const isEver = (state: State, second: number) =>
      evaluationsOf(story).some((one) => one <= second && stateAt(alerts, one) === state);
    switch (claim.kind) {
      case "silent until":
      case "never fires":
        return !isEver("firing", claim.seconds);
      case "never fires for":
        return !alerts.some(({ labels, states }) => {
          return labels[claim.label] === claim.value && [...states.values()].includes("firing");
        });
      case "firing by":
      case "still firing at":
        return at(claim.seconds) === "firing";
      case "resolved by":
        return at(claim.seconds) !== "firing";
      case "pending at least once":
        return isEver("pending", claim.seconds);
      case "a measure beyond the limit at least once":
      case "every measure beyond the limit at least once":
        return (await this.evaluate(`(${alert.measure}) ${alert.comparison} ${alert.limit}`, story)).length > 0;
    }
  }

  /** The series of an expression, with their values by the second since the start of the story. */
  private async evaluate(expression: string, story: Story): Promise<readonly EvaluatedSeries[]> {
    const end = this.start + (evaluationsOf(story).at(-1) ?? 0);
    const range = { start: this.start, end, step: logEvaluationSeconds };
    const found = await this.store.series(expression, range, await this.tenantOf(story));
    return found.map(({ labels, values }) => ({
      labels,
      values: new Map([...values].map(([second, value]) => [second - this.start, value])),
    }));
  }

  /** @returns the tenant that has the lines of the story */
  private async tenantOf(story: Story): Promise<string> {
    const known = this.tenants.get(story.scenario);
    if (known) return known;
    const tenant = `story-${this.tenants.size}`;
    this.tenants.set(story.scenario, tenant);
    const streams = story.given.map((lines) => this.stream(lines)).filter(({ values }) => values.length > 0);
    if (streams.length > 0) await this.store.push(streams, tenant);
    return tenant;
  }

  private stream(lines: LogLines): Stream {
    const { app, record } = lines;
    const kept = metadataFields.flatMap((name) => (record[name] === undefined ? [] : [[name, String(record[name])]]));
    const text = JSON.stringify(record);
    const metadata = { pod: `${app}-0`, ...Object.fromEntries(kept) };
    const stream = { namespace: "erp", app, container: app, stream: "stdout" };
    return { stream, values: times(lines).map((second) => [nanoseconds(this.start + second), text, metadata]) };
  }
}

function evaluationsOf({ length }: Story): number[] {
  return Array.from(
    { length: (length || watched) / logEvaluationSeconds + 1 },
    (_, index) => index * logEvaluationSeconds,
  );
}

/**
 * The states of one alert. Loki has the same alerting rules as Prometheus.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
function alertStates(
  { for: lasting = "0s", keepFiringFor = "0s" }: LogAlert,
  { labels, values }: EvaluatedSeries,
  seconds: readonly number[],
): AlertStates {
  let [since, until] = [Number.NaN, Number.NEGATIVE_INFINITY];
  const state = (second: number): State => {
    if (!values.has(second)) {
      since = Number.NaN;
      return second < until ? "firing" : "silent";
    }
    since = Number.isNaN(since) ? second : since;
    if (second - since < inSeconds(lasting)) return "pending";
    until = second + inSeconds(keepFiringFor);
    return "firing";
  };
  return { labels, states: new Map(seconds.map((second) => [second, state(second)])) };
}

function nanoseconds(second: number): string {
  return `${Math.round(second * 1000)}000000`;
}
