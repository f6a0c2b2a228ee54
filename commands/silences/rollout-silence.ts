import { setTimeout as sleep } from "node:timers/promises";
import type { Matcher } from "../../kit/notifications/label-matcher";
import { CommandError } from "../command";
import { interruptions } from "../interruption";
import type { Server } from "../verify/server";
import { expireSilence, firingAlerts, type NewSilence, postSilence, readSilence } from "./alertmanager";
import type { AlertServers, Reach } from "./reach-alertmanager";
import type { Scope } from "./scope";
import { silenceAlerts } from "./silence-alerts";
import { endCommand, firingText } from "./silence-text";
import { timeText } from "./times";

/** Silences alerts until the work ends. Call it before the first change that disturbs them. */
export type Cover = (scopes: readonly Scope[]) => Promise<void>;

export interface RolloutSilenceOptions {
  readonly environment: string;
  readonly because: string;
  readonly createdBy: string;
  readonly reach: Reach;
  /** Seconds after which a silence ends that nobody extends, because this process was killed. @default 300 */
  readonly leaseSeconds?: number;
  /** Seconds between two extensions. @default 60 */
  readonly renewSeconds?: number;
}

/** A silence that is extended while the work lasts. */
interface Held {
  readonly matchers: readonly Matcher[];
  readonly startsAt: Date;
  id: string;
  endsAt: Date;
}

/**
 * Runs work that silences alerts while it lasts. The silences end with the work, also if it fails or is interrupted. If
 * this process is killed, they end by themselves. If silenced alerts still fire after the work has succeeded, they get
 * the time of one lease to resolve.
 */
export async function whileSilenced<T>(options: RolloutSilenceOptions, work: (cover: Cover) => Promise<T>): Promise<T> {
  const silence = new RolloutSilence(options);
  const over = new AbortController();
  const renewing = silence.renewUntil(over.signal);
  const interruption = listenForInterruption();
  let succeeded = false;
  try {
    const result = await Promise.race([
      work(async (scopes) => {
        await silence.cover(scopes);
        // Nothing new may begin while the silences are ended.
        if (interruption.signal() !== undefined) await interruption.happened;
      }),
      interruption.happened,
    ]);
    succeeded = true;
    return result;
  } finally {
    over.abort();
    await renewing;
    await silence.end(succeeded);
    interruption.stop();
    const signal = interruption.signal();
    // The work may still be waiting for something.
    if (signal !== undefined) process.kill(process.pid, signal);
  }
}

class RolloutSilence {
  private readonly held: Held[] = [];
  private readonly covered = new Set<string>();

  constructor(private readonly options: RolloutSilenceOptions) {}

  async cover(scopes: readonly Scope[]): Promise<void> {
    const byText = new Map(scopes.map((scope) => [scope.text, scope]));
    const fresh = [...byText.values()].filter(({ text }) => !this.covered.has(text));
    if (fresh.length === 0) return;
    const texts = fresh.map(({ text }) => text).join(" and ");
    await this.options.reach(async (servers) => {
      if ((await servers.members()).length === 0) {
        console.log(`No Alertmanager runs yet, so that no alerts about ${texts} are silenced.`);
        return;
      }
      for (const scope of fresh) await this.silence(servers, scope);
    });
  }

  private async silence(servers: AlertServers, scope: Scope): Promise<void> {
    const { environment } = this.options;
    const startsAt = new Date();
    const lease = { startsAt, endsAt: this.leaseEnd() };
    const { ids, firing, without } = await silenceAlerts(servers, [scope], { ...this.work, ...lease });
    this.covered.add(scope.text);
    this.held.push(...scope.silences.map((matchers, index) => ({ ...lease, matchers, id: ids[index] ?? "" })));
    console.log(
      `Alerts about ${scope.text} are silenced until the deployment ends; to end it: ${endCommand(environment, ids)}`,
    );
    if (firing.length > 0) console.log(`These fire already, and are silenced from now on: ${firingText(firing)}`);
    if (without.length > 0)
      console.log(`WARNING: ${without.join(", ")} did not get the silence, and may notify people.`);
  }

  private get work(): Pick<NewSilence, "createdBy" | "comment"> {
    const { createdBy, because, environment } = this.options;
    return { createdBy, comment: `${because} (deployment of ${environment})` };
  }

  private leaseEnd(): Date {
    return new Date(Date.now() + (this.options.leaseSeconds ?? 300) * 1000);
  }

  /** Extends the silences again and again. A failure is no problem as long as a later extension comes in time. */
  async renewUntil(over: AbortSignal): Promise<void> {
    const seconds = this.options.renewSeconds ?? 60;
    while (!over.aborted) {
      await sleep(seconds * 1000, undefined, { signal: over }).catch(() => {});
      if (over.aborted || this.held.length === 0) continue;
      await this.options.reach(({ alertmanager }) => this.renew(alertmanager)).catch(() => {});
    }
  }

  private async renew(server: Server): Promise<void> {
    for (const one of [...this.held]) {
      const found = await readSilence(server, one.id);
      if (found?.status.state === "expired" && Date.parse(found.endsAt) < one.endsAt.getTime() - 1000) {
        console.log(`Somebody ended the silence ${one.id}. It is not created again.`);
        this.held.splice(this.held.indexOf(one), 1);
        continue;
      }
      // An Alertmanager without a volume forgets its silences when its pod is replaced.
      const previous = found?.status.state === "active" ? { id: one.id, startsAt: new Date(found.startsAt) } : {};
      const endsAt = this.leaseEnd();
      const { matchers, startsAt } = one;
      one.id = await postSilence(server, { ...this.work, matchers, startsAt, endsAt, ...previous });
      one.endsAt = endsAt;
    }
  }

  /** Ends the silences, or lets them end soon if the work has succeeded and alerts have not resolved yet. */
  async end(succeeded: boolean): Promise<void> {
    if (this.held.length === 0) return;
    try {
      await this.options.reach(async ({ alertmanager }) => {
        const firing = await firingAlerts(
          alertmanager,
          this.held.map(({ matchers }) => matchers),
        );
        if (succeeded && firing.length > 0) {
          await this.renew(alertmanager);
          console.log(
            `\nThese silenced alerts still fire: ${firingText(firing)}. They notify people if they fire after ${this.lastEnd()}.`,
          );
          return;
        }
        for (const { id } of this.held) await expireSilence(alertmanager, id);
        console.log("\nThe silence of the deployment is ended.");
        if (firing.length > 0) console.log(`These alerts fire, and notify people from now on: ${firingText(firing)}`);
      });
    } catch (error) {
      // The outcome of the work matters more.
      console.error(
        `The silence could not be ended, and ends by itself at ${this.lastEnd()}: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  private lastEnd(): string {
    return timeText(new Date(Math.max(...this.held.map(({ endsAt }) => endsAt.getTime()))));
  }
}

/** Observes that somebody asks this process to end. */
function listenForInterruption() {
  let received: NodeJS.Signals | undefined;
  let interrupt: (error: Error) => void = () => {};
  const before = process.listenerCount("SIGINT");
  const happened = new Promise<never>((_, reject) => {
    interrupt = reject;
  });
  happened.catch(() => {});
  const listen = (signal: NodeJS.Signals) => {
    // While Terraform runs, another listener forwards the signal, and the work ends with its operation.
    if (process.listenerCount("SIGINT") > before + 1) return;
    received = signal;
    interrupt(new CommandError("Interrupted."));
  };
  for (const signal of interruptions) process.on(signal, listen);
  return {
    happened,
    signal: () => received,
    stop: () => {
      for (const signal of interruptions) process.off(signal, listen);
    },
  };
}
