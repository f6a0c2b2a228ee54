/** What an account must be allowed to do, as a rule of a Role or ClusterRole contains it. */
export interface Permission {
  /** Namespaces of the objects. @default the permission applies to the whole cluster */
  readonly namespaces?: readonly string[];
  /** API group, such as `apps`. @default the core group */
  readonly group?: string;
  readonly resources: readonly string[];
  /** Names of the objects. @default all objects of the resources */
  readonly names?: readonly string[];
  readonly verbs: readonly string[];
}
