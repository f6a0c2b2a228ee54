import { releases } from "../../commands/charts/chart-releases";
import { synthesizedStacks } from "../../commands/synthesized-stacks";
import { production } from "../fixtures/production";

/** The values that an environment sets in Loki's configuration. */
interface LokiSettings {
  readonly limits_config: object;
  readonly compactor: object;
  readonly ingester: object;
  readonly rulerConfig: object;
}

export function lokiSettings(environment = production): LokiSettings {
  const [settings] = releases(synthesizedStacks([environment])).flatMap(({ name, values }) =>
    name === "loki" ? [values.loki as LokiSettings] : [],
  );
  if (!settings) throw new Error("production has no release of Loki");
  return settings;
}
