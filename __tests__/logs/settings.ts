import { releases } from "../../commands/charts/chart-releases";
import { synthesizedStacks } from "../../commands/synthesized-stacks";
import { production } from "../fixtures/production";

/** The values that production sets in Loki's configuration. */
interface LokiSettings {
  readonly limits_config: object;
  readonly compactor: object;
  readonly ingester: object;
  readonly rulerConfig: object;
}

export function lokiSettings(): LokiSettings {
  const [settings] = releases(synthesizedStacks([production])).flatMap(({ name, values }) =>
    name === "loki" ? [values.loki as LokiSettings] : [],
  );
  if (!settings) throw new Error("production has no release of Loki");
  return settings;
}
