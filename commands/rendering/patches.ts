import { deleted, difference, same } from "./difference";
import type { RenderedDocument } from "./document";
import type { Files } from "./files";

/**
 * What turns one environment's files into another's, as strategic merge patches: only what differs, `null` and
 * `$patch: delete` for what is not there, and items of a list found by their name.
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function patches(from: Files, to: Files): Files {
  const found = new Map<string, readonly RenderedDocument[]>();
  for (const path of new Set([...from.keys(), ...to.keys()])) {
    const differing = documents(from.get(path) ?? [], to.get(path) ?? []);
    if (differing.length > 0) found.set(path, differing);
  }
  return found;
}

function documents(from: readonly RenderedDocument[], to: readonly RenderedDocument[]): readonly RenderedDocument[] {
  const [before, after] = [byIdentity(from), byIdentity(to)];
  const gone = [...before.keys()]
    .filter((id) => !after.has(id))
    .map((id) => ({ content: { ...identity(before.get(id)), ...deleted } }));
  const there = [...after].flatMap(([id, document]) => changedFields(before.get(id), document));
  return [...there, ...gone];
}

function changedFields(from: RenderedDocument | undefined, to: RenderedDocument): readonly RenderedDocument[] {
  if (from === undefined) return [to];
  const content = difference(from.content, to.content);
  const about = difference(from.about ?? {}, to.about ?? {});
  if (content === same && about === same) return [];
  return [
    {
      about: about === same ? {} : (about as RenderedDocument["about"]),
      content: { ...identity(to), ...(content === same ? {} : (content as object)) },
    },
  ];
}

function byIdentity(given: readonly RenderedDocument[]): ReadonlyMap<string, RenderedDocument> {
  return new Map(given.map((document) => [JSON.stringify(identity(document)), document]));
}

/** What a manifest is found by; a file of one document needs nothing. */
function identity(document: RenderedDocument | undefined): object {
  const { apiVersion, kind, metadata } = (document?.content ?? {}) as Partial<Manifest>;
  if (metadata === undefined) return {};
  return { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace } };
}

/**
 * A Kubernetes object, as its rendered file contains it. Only the fields that identify it are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}
