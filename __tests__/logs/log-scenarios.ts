import { type LogAlert, logEvaluationSeconds } from "../../kit/alerts/log-alert";
import { type Deciding, type ExpandedStory, expandStory } from "../../kit/alerts/stories/expanded-story";
import { type LogLines, times } from "../../kit/alerts/stories/log-lines";
import type { Scenario } from "../../kit/alerts/stories/scenario";
import { inSeconds } from "../../kit/queries/duration";
import { metadataFields } from "../../logs/metadata";
import type { Loki, Series, Stream } from "./loki-process";

type Story = ExpandedStory<LogLines> & { readonly scenario: Scenario<LogLines> };

/** Seconds for which a story without lines is watched. */
const watched = 1200;

/** Of an alert at one evaluation after the other. */
type State = "inactive" | "pending" | "firing";

/** Plays stories on a real Loki, each in a tenant of its own, and lists those that an alert contradicts. */
export class LogScenarios {
  /** On the minute, and long enough ago that every story is over. */
  private readonly start = 60 * Math.floor(Date.now() / 60_000) - 4 * 3600;
  private readonly tenants = new Map<Scenario<LogLines>, string>();

  constructor(private readonly loki: Loki) {}

  /**
   * The scenarios of the alert that do not come true; empty when all of them do.
   *
   * @param original the alert whose `for` and limit the stories follow: of a mutant, the one that it was made of
   */
  async contradicted(alert: LogAlert, original: Deciding = alert): Promise<string[]> {
    const stories = Object.entries(alert.scenarios);
    const found = await Promise.all(
      stories.map(async ([title, scenario]) => {
        const story = { scenario, ...expandStory(scenario, original) };
        return (await this.comesTrue(alert, story)) || `${alert.name}: ${title}`;
      }),
    );
    return found.filter((title) => title !== true);
  }

  private async comesTrue(alert: LogAlert, story: Story): Promise<boolean> {
    const states = await this.states(alert, story);
    const at = (second: number) => states[Math.round(second / logEvaluationSeconds)];
    if (story.firing) {
      const { after, by, resolves } = story.firing;
      const early = states.slice(0, after / logEvaluationSeconds + 1);
      const ends = !resolves || (at(resolves.after) === "firing" && at(resolves.by) !== "firing");
      return !early.includes("firing") && at(by) === "firing" && ends;
    }
    return !states.includes("firing") && (await this.isWhatItShows(alert, story, states));
  }

  private async isWhatItShows(alert: LogAlert, story: Story, states: readonly State[]): Promise<boolean> {
    if (story.scenario.shows === "blip" && alert.for) return states.includes("pending");
    if (story.scenario.shows !== "blip" && story.scenario.shows !== "low traffic") return true;
    const crossed = await this.evaluated(`(${alert.measure}) ${alert.comparison} ${alert.limit}`, story);
    return crossed.length > 0;
  }

  private async states(alert: LogAlert, story: Story): Promise<State[]> {
    const all = (await this.evaluated(alert.expression.text, story)).map((series) =>
      this.statesOf(alert, story, series),
    );
    const gravest = (states: readonly (State | undefined)[]): State =>
      (["firing", "pending"] as const).find((state) => states.includes(state)) ?? "inactive";
    return this.evaluations(story).map((_, index) => gravest(all.map((states) => states[index])));
  }

  /** As Prometheus' rules go, which Loki's are: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
  private statesOf({ for: lasting = "0s", keepFiringFor = "0s" }: LogAlert, story: Story, series: Series): State[] {
    let [since, until] = [Number.NaN, Number.NEGATIVE_INFINITY];
    return this.evaluations(story).map((second) => {
      if (!series.has(second)) {
        since = Number.NaN;
        return second < until ? "firing" : "inactive";
      }
      since = Number.isNaN(since) ? second : since;
      if (second - since < inSeconds(lasting)) return "pending";
      until = second + inSeconds(keepFiringFor);
      return "firing";
    });
  }

  private evaluations(story: Story): number[] {
    const length = story.length || watched;
    return Array.from(
      { length: length / logEvaluationSeconds + 1 },
      (_, index) => this.start + index * logEvaluationSeconds,
    );
  }

  private async evaluated(expression: string, story: Story): Promise<readonly Series[]> {
    const evaluations = this.evaluations(story);
    const range = { start: this.start, end: evaluations.at(-1) ?? this.start, step: logEvaluationSeconds };
    return this.loki.series(expression, range, await this.tenantOf(story));
  }

  /** @returns the tenant that has the lines of the story */
  private async tenantOf(story: Story): Promise<string> {
    const known = this.tenants.get(story.scenario);
    if (known) return known;
    const tenant = `story-${this.tenants.size}`;
    this.tenants.set(story.scenario, tenant);
    const streams = story.given.map((lines) => this.stream(lines)).filter(({ values }) => values.length > 0);
    if (streams.length > 0) await this.loki.push(streams, tenant);
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

function nanoseconds(second: number): string {
  return `${Math.round(second * 1000)}000000`;
}
