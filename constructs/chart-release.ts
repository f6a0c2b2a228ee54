import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { json } from "./sorted-json";

/** The source of a chart: a repository and a name, or the path of a package. */
export interface ChartSource {
  readonly chart: string;
  /** The exact version of the chart in its repository. @default the version of the package at the path */
  readonly version?: string;
  /** The address of the repository that contains the chart. @default `chart` is the path of a package */
  readonly repository?: string;
}

export interface ChartReleaseProps {
  readonly name: string;
  readonly namespace: string;
  readonly source: ChartSource;
  /** Helm values. They must not contain a secret, because plan, state and cluster contain them in plain text. */
  readonly values: Readonly<Record<string, unknown>>;
  /** How long Helm waits for the release's pods, in seconds. */
  readonly timeoutSeconds: number;
  /**
   * The resources without which the release's pods would never start.
   * @default the release waits for no other resource
   */
  readonly after?: readonly ITerraformDependable[];
  /** Whether Terraform refuses every plan that would delete the release. @default false */
  readonly protect?: boolean;
}

/** A Helm release that is installed or upgraded either completely or not at all. */
export class ChartRelease extends Construct {
  constructor(scope: Construct, id: string, props: ChartReleaseProps) {
    super(scope, id);
    const release = new Release(this, "Release", {
      name: props.name,
      namespace: props.namespace,
      ...props.source,
      values: [json(props.values)],
      timeout: props.timeoutSeconds,
      // A first install that fails is not in the state, so it must not stay in the cluster either.
      atomic: true,
      cleanupOnFail: true,
      maxHistory: 5,
      dependsOn: props.after ? [...props.after] : undefined,
      lifecycle: props.protect ? { preventDestroy: true } : undefined,
    });
    release.overrideLogicalId(props.name);
  }
}
