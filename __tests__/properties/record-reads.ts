/** A view of an environment that records the paths of the texts, numbers and truth values that are read, as JSON. */
export function recordReads<Value extends object>(
  value: Value,
): { readonly recorded: Value; readonly reads: ReadonlySet<string> } {
  const reads = new Set<string>();
  const record = <Part extends object>(part: Part, path: readonly PropertyKey[]): Part =>
    new Proxy(part, {
      get(target, key) {
        const held: unknown = Reflect.get(target, key);
        const at = [...path, Array.isArray(target) && /^\d+$/.test(String(key)) ? Number(key) : key];
        if (typeof held === "object" && held !== null) return record(held, at);
        if (Object.hasOwn(target, key)) reads.add(JSON.stringify(at));
        return held;
      },
    });
  return { recorded: record(value, []), reads };
}
