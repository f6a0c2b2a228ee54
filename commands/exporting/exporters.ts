import type { Environment } from "../../settings/environment";
import { argocdExport } from "./argocd-export";
import type { ExportedFile } from "./export-folder";
import { fluxExport } from "./flux-export";
import { helmExport } from "./helm-export";
import type { Layer } from "./layers";
import type { Location } from "./location";
import type { Target } from "./target";

/** Writes the files of an export, by path in its folder. */
export type Exporter = (
  environment: Environment,
  layers: readonly Layer[],
  location: Location,
) => ReadonlyMap<string, ExportedFile>;

/** The exporters by the program that applies their files. */
export const exporters: Readonly<Record<Target, Exporter>> = {
  helm: helmExport,
  flux: fluxExport,
  argocd: argocdExport,
};
