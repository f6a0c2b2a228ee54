import type { Release } from "./chart-releases";

/**
 * The documents that Helm renders for a release, CRDs among them, as a file for each object:
 * `<environment>/<release>/<kind>-<name>.yaml`. The text is Helm's own, so that a comparison shows what Helm changes.
 */
export function manifestFiles(
  { environment, name }: Release,
  documents: readonly string[],
): ReadonlyMap<string, string> {
  const objects = documents.flatMap((text) => {
    const kind = /^kind: (\S+)/m.exec(text)?.[1];
    const object = /^metadata:(?:.*\n)+? {2}name: "?([^\s"]+)/m.exec(text)?.[1];
    return kind === undefined ? [] : [{ file: `${kind}-${object}`.replaceAll(/[^\w.-]/g, "-"), text }];
  });
  // Two objects may have the same kind and name, in different namespaces.
  const texts = new Map<string, string>();
  for (const { file, text } of objects) {
    const path = `${environment}/${name}/${file}.yaml`;
    texts.set(path, [texts.get(path), `${text.trim()}\n`].filter(Boolean).join("---\n"));
  }
  return texts;
}
