import { charts } from "../../settings/versions";
import { documentsText } from "../rendering/document";
import type { Manifest } from "../rendering/helm-release";
import type { ExportedFile } from "./export-folder";
import { type ChartRelease, type Layer, namespacedResources, objectFiles } from "./layers";

/** Annotations that make a program treat an object as Terraform does. */
export interface ObjectAnnotations {
  /** For an object whose deletion would lose data: the program never deletes it. */
  readonly keep: Readonly<Record<string, string>>;
  /** For a Job, whose pods cannot be changed: the program replaces it if it differs. */
  readonly replace: Readonly<Record<string, string>>;
}

/** The files of all objects of a layer, custom resources among them, by path in the export. */
export function adaptedManifests(layer: Layer, annotations: ObjectAnnotations): Map<string, ExportedFile> {
  const objects = [...layer.objects, ...layer.customResources.flatMap(namespacedResources)];
  const files = objectFiles(objects.map((object) => annotated(object, annotationsOf(object, annotations))));
  return new Map([...files].map(([file, documents]) => [`${layer.name}/${file}`, { text: documentsText(documents) }]));
}

/** The object with further annotations. */
export function annotated<Annotated extends Manifest>(
  object: Annotated,
  annotations: Readonly<Record<string, string>>,
): Annotated {
  if (Object.keys(annotations).length === 0) return object;
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } };
}

function annotationsOf({ kind }: Manifest, { keep, replace }: ObjectAnnotations): Readonly<Record<string, string>> {
  // A namespace is deleted with everything in it, and a claim with its volume.
  if (kind === "Namespace" || kind === "PersistentVolumeClaim") return keep;
  return kind === "Job" ? replace : {};
}

/** Whether the release consists of CRDs. A CRD is deleted with every custom resource of the cluster. */
export function hasDefinitions({ chart }: ChartRelease): boolean {
  return chart.name === charts.prometheusOperatorCrds.name;
}
