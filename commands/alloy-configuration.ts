import type { Environment } from "../settings/environment";
import { releases } from "./charts/chart-releases";
import { synthesizedStacks } from "./synthesized-stacks";

/** Files and addresses that an Alloy outside a cluster uses in place of the cluster's API, log files and Loki. */
export interface AlloyPlace {
  /** File that lists the pods, in the format of Prometheus' file-based service discovery. */
  readonly pods: string;
  /** Folder that contains the log files, as `/var/log/pods` does on a node. */
  readonly logs: string;
  /** Address of Loki, without a path. */
  readonly lokiUrl: string;
}

/** The configuration of Alloy that its chart renders for an environment. The chart expands templates in the text. */
export function alloyConfiguration(environment: Environment): string {
  const withAlloy: Environment = { ...environment, logAgent: { ...environment.logAgent, kind: "alloy" } };
  const [content] = releases(synthesizedStacks([withAlloy])).flatMap(({ name, values }) =>
    name === "alloy" ? [(values as unknown as AlloyValues).alloy.configMap.content] : [],
  );
  if (content === undefined) throw new Error(`${environment.name} has no Helm release of Alloy`);
  return content.replaceAll('{{ "{{" }}', "{{");
}

/** The same configuration for an Alloy outside a cluster, with short waiting times. */
export function alloyConfigurationAt(environment: Environment, { pods, logs, lokiUrl }: AlloyPlace): string {
  const changes: readonly (readonly [RegExp, string])[] = [
    [/^discovery\.kubernetes "pods" \{.*?^\}$/ms, `discovery.file "pods" {\n  files = ["${pods}"]\n}`],
    [/discovery\.kubernetes\.pods/g, "discovery.file.pods"],
    [/enabled = true/, 'enabled     = true\n    sync_period = "200ms"'],
    [/url = ".*\/loki\/api\/v1\/push"/, `url        = "${lokiUrl}/loki/api/v1/push"\n    batch_wait = "100ms"`],
    [/max_backoff_period {2}= "30s"/, 'max_backoff_period  = "1s"'],
    [/\/var\/log\/pods/g, logs],
  ];
  return changes.reduce((text, [from, to]) => {
    if (text.search(from) < 0)
      throw new Error(
        `Alloy's configuration contains nothing that matches ${from}: adapt the changes in commands/alloy-configuration.ts`,
      );
    return text.replace(from, () => to);
  }, alloyConfiguration(environment));
}

/** Values of Alloy's chart. Only the fields that we read are listed. */
interface AlloyValues {
  readonly alloy: { readonly configMap: { readonly content: string } };
}
