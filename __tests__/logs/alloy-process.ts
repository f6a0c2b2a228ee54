import { releases } from "../../commands/charts/chart-releases";
import { synthesizedStacks } from "../../commands/synthesized-stacks";
import type { Environment } from "../../settings/environment";
import { production } from "../fixtures/production";
import type { LogAgent, Place } from "./node";

/** Alloy with the configuration that is synthesised for production. */
export function alloyProcess(path: string): LogAgent {
  return {
    path,
    configuration: (place) => adapt(alloyConfiguration(production), place),
    args: (file, { folder, port }) => [
      "run",
      `--server.http.listen-addr=127.0.0.1:${port}`,
      `--storage.path=${folder}/alloy`,
      "--disable-reporting",
      file,
    ],
  };
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

interface AlloyValues {
  readonly alloy: { readonly configMap: { readonly content: string } };
}

/** Files stand for the cluster's API, and nothing is waited for longer than needed. */
function adapt(configuration: string, { pods, lokiUrl }: Place): string {
  const changes: readonly (readonly [RegExp, string])[] = [
    [/^discovery\.kubernetes "pods" \{.*?^\}$/ms, `discovery.file "pods" {\n  files = ["${pods}"]\n}`],
    [/discovery\.kubernetes\.pods/, "discovery.file.pods"],
    [/enabled = true/, 'enabled     = true\n    sync_period = "200ms"'],
    [/url = ".*\/loki\/api\/v1\/push"/, `url        = "${lokiUrl}/loki/api/v1/push"\n    batch_wait = "100ms"`],
    [/max_backoff_period {2}= "5m"/, 'max_backoff_period  = "1s"'],
    [/max_backoff_retries = 20/, "max_backoff_retries = 100"],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!from.test(text)) throw new Error(`Alloy's configuration has nothing like ${from}`);
    return text.replace(from, () => to);
  }, configuration);
}
