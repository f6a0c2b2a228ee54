import type { Change } from "./change";

/** A change with the environments that have it. */
export interface MergedChange {
  readonly change: Change;
  readonly environments: readonly string[];
}

/** Merges changes that are the same in several environments. */
export function mergeEnvironments(changes: readonly Change[]): readonly MergedChange[] {
  const merged = new Map<string, { readonly change: Change; readonly environments: string[] }>();
  for (const change of changes) {
    const key = JSON.stringify({ ...change, environment: undefined });
    const known = merged.get(key);
    if (known) known.environments.push(change.environment);
    else merged.set(key, { change, environments: [change.environment] });
  }
  return [...merged.values()];
}
