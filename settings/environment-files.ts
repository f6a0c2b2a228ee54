const files = new WeakMap<object, string>();

/** Notes the file in `config/` that exports an environment, for faults of one that has no valid name. */
export function noteFile(environment: object, file: string): void {
  files.set(environment, file);
}

/** The file in `config/` that exports an environment; undefined for one that was not loaded from there. */
export function fileOf(environment: unknown): string | undefined {
  return typeof environment === "object" && environment !== null ? files.get(environment) : undefined;
}
