import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { json } from "./literal";

/** Where a chart comes from: a repository and a name, or the path of a package. */
export interface ChartSource {
  readonly chart: string;
  /** The exact version of the chart in its repository. @default the version of the package at the path */
  readonly version?: string;
  /** The address of the repository that holds the chart. @default `chart` is the path of a package */
  readonly repository?: string;
}

export interface ChartReleaseProps {
  readonly name: string;
  readonly namespace: string;
  readonly source: ChartSource;
  /** Values as Helm takes them, without any secret: they stand in plan, state and cluster in clear. */
  readonly values: Readonly<Record<string, unknown>>;
  /** How long Helm waits for the release's pods, in seconds. */
  readonly timeoutSeconds: number;
  /**
   * The resources that the release's pods need, and would wait for without end.
   * @default the release waits for no other resource
   */
  readonly after?: readonly ITerraformDependable[];
  /** Whether Terraform refuses every plan that would delete the release. @default false */
  readonly protect?: boolean;
}

/** A Helm release that is either there as a whole or not at all. */
export class ChartRelease extends Construct {
  constructor(scope: Construct, id: string, props: ChartReleaseProps) {
    super(scope, id);
    const release = new Release(this, "Release", {
      name: props.name,
      namespace: props.namespace,
      ...props.source,
      values: [json(props.values)],
      timeout: props.timeoutSeconds,
      // A first install that fails is not in the state: it must not stay in the cluster either.
      atomic: true,
      cleanupOnFail: true,
      maxHistory: 5,
      dependsOn: props.after ? [...props.after] : undefined,
      lifecycle: props.protect ? { preventDestroy: true } : undefined,
    });
    release.overrideLogicalId(props.name);
  }
}
