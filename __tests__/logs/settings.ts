import { releases } from "../../commands/charts/chart-releases";
import { synthesizedStacks } from "../../commands/synthesized-stacks";

/** What we set in Loki's configuration in production. */
interface LokiSettings {
  readonly limits_config: object;
  readonly compactor: object;
  readonly ingester: object;
  readonly rulerConfig: object;
}

export function lokiSettings(): LokiSettings {
  const all = releases(synthesizedStacks()).filter(({ environment }) => environment === "production");
  const [settings] = all.flatMap(({ name, values }) => (name === "loki" ? [values.loki as LokiSettings] : []));
  if (!settings) throw new Error("production has no release of Loki");
  return settings;
}
