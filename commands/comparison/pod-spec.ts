import type { Fields } from "./deployed-objects";

/**
 * The spec of a workload's pods, as Terraform's provider writes it. Only the fields that we read are listed.
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1
 */
export interface PodSpec {
  readonly container?: readonly Container[];
  readonly init_container?: readonly Container[];
  readonly volume?: readonly Volume[];
  readonly [key: string]: unknown;
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1 */
export interface Volume {
  readonly name: string;
  readonly host_path?: unknown;
  readonly persistent_volume_claim?: { readonly claim_name: string };
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1 */
export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly security_context?: unknown;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volume_mount?: readonly { readonly name: string; readonly mount_path: string; readonly sub_path?: string }[];
}

/** @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/cron_job_v1 */
interface WorkloadSpec {
  readonly template?: { readonly spec?: PodSpec };
  readonly job_template?: Fields;
}

/** The spec of the pods that an object creates; undefined if it creates none. */
export function podSpec({ spec }: Fields): PodSpec | undefined {
  const { template, job_template: job } = (spec ?? {}) as WorkloadSpec;
  return template?.spec ?? (job && podSpec(job));
}

/** All containers of a pod. */
export function containersOf({ init_container = [], container = [] }: PodSpec): Container[] {
  return [...init_container, ...container];
}
