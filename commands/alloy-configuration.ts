import type { Environment } from "../settings/environment";
import { releases } from "./charts/chart-releases";
import { synthesizedStacks } from "./synthesized-stacks";

/** Where an Alloy outside a cluster finds what the cluster's API would tell it, and whom it sends lines to. */
export interface AlloyPlace {
  /** File that lists the pods as Prometheus' service discovery does. */
  readonly pods: string;
  /** Contains the log files, as `/var/log/pods` does on a node. */
  readonly logs: string;
  /** Address of Loki, without a path. */
  readonly lokiUrl: string;
}

/** The configuration of Alloy that its chart renders for an environment. The chart takes the text for a template. */
export function alloyConfiguration(environment: Environment): string {
  const withAlloy: Environment = { ...environment, logAgent: { ...environment.logAgent, kind: "alloy" } };
  const [content] = releases(synthesizedStacks([withAlloy])).flatMap(({ name, values }) =>
    name === "alloy" ? [(values as unknown as AlloyValues).alloy.configMap.content] : [],
  );
  if (content === undefined) throw new Error(`${environment.name} has no release of Alloy`);
  return content.replaceAll('{{ "{{" }}', "{{");
}

/** The same configuration for an Alloy outside a cluster, which waits for nothing longer than needed. */
export function alloyConfigurationAt(environment: Environment, { pods, logs, lokiUrl }: AlloyPlace): string {
  const changes: readonly (readonly [RegExp, string])[] = [
    [/^discovery\.kubernetes "pods" \{.*?^\}$/ms, `discovery.file "pods" {\n  files = ["${pods}"]\n}`],
    [/discovery\.kubernetes\.pods/g, "discovery.file.pods"],
    [/enabled = true/, 'enabled     = true\n    sync_period = "200ms"'],
    [/url = ".*\/loki\/api\/v1\/push"/, `url        = "${lokiUrl}/loki/api/v1/push"\n    batch_wait = "100ms"`],
    [/max_backoff_period {2}= "5m"/, 'max_backoff_period  = "1s"'],
    [/max_backoff_retries = 20/, "max_backoff_retries = 100"],
    [/\/var\/log\/pods/g, logs],
  ];
  return changes.reduce((text, [from, to]) => {
    if (text.search(from) < 0) throw new Error(`Alloy's configuration has nothing like ${from}`);
    return text.replace(from, () => to);
  }, alloyConfiguration(environment));
}

/** Values of Alloy's chart. Only the fields that we read are listed. */
interface AlloyValues {
  readonly alloy: { readonly configMap: { readonly content: string } };
}
