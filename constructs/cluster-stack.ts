import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { Construct } from "constructs";
import type { Fault } from "../faults";
import { objectFaults } from "./object-limits";
import { portFaults } from "./port-references";
import { stackContents } from "./stack-contents";
import { type Backend, StatefulStack } from "./stateful-stack";

export interface ClusterStackProps {
  /** Context of the kubeconfig. `KUBE_CONFIG_PATHS` contains the path of the kubeconfig. */
  readonly context: string;
  readonly backend: Backend;
}

/** A stack that is applied to one cluster. */
export class ClusterStack extends StatefulStack {
  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, props.backend);
    new KubernetesProvider(this, "kubernetes", { configContext: props.context });
    new HelmProvider(this, "helm", { kubernetes: { configContext: props.context } });
  }

  /** Faults of the objects that the cluster would refuse. The stack must be complete. */
  faults(): Fault[] {
    const contents = stackContents(this.toTerraform());
    return [...objectFaults(contents), ...portFaults(contents)];
  }
}
