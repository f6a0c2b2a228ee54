import type { Construct } from "constructs";
import { ClusterStack } from "../constructs/cluster-stack";
import type { Backend } from "../constructs/stateful-stack";
import type { Environment } from "../settings/environment";
import { fromStack } from "../settings/mirrors";

/** Layers of an environment, by lifecycle, in the order in which they are deployed. */
export type Layer = "base" | "monitoring" | "erp";

export interface EnvironmentStackProps {
  readonly environment: Environment;
}

/** The stack of one layer of an environment, with its own state. */
export class EnvironmentStack extends ClusterStack {
  /** @param id the layer; the name of the stack is `<environment>-<layer>` */
  constructor(scope: Construct, id: Layer, { environment }: EnvironmentStackProps) {
    super(scope, `${environment.name}-${id}`, {
      context: environment.cluster.context,
      backend: stateBackend(environment, id),
    });
  }
}

/** The backend with the state of a stack of an environment: of one of the layers, or of the project in Sentry. */
export function stateBackend({ state }: Environment, layer: Layer | "sentry"): Backend {
  const { backend: type, ...given } = state;
  switch (state.backend) {
    case "local":
      return { type, arguments: { path: fromStack(`${state.path}-${layer}.tfstate`) } };
    case "kubernetes":
      return { type, arguments: { ...given, secret_suffix: `${state.secret_suffix}-${layer}` } };
    case "gcs":
      return { type, arguments: { ...given, prefix: `${state.prefix}/${layer}` } };
    default:
      return { type, arguments: { ...given, key: `${state.key}/${layer}.tfstate` } };
  }
}
