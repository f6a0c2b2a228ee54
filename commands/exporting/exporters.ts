import type { Environment } from "../../settings/environment";
import type { ExportedFile } from "./export-folder";
import { helmExport } from "./helm-export";
import type { Layer } from "./layers";

/** Writes the files of an export, by path in its folder. */
export type Exporter = (environment: Environment, layers: readonly Layer[]) => ReadonlyMap<string, ExportedFile>;

/** The program that applies an export. */
export type Target = "helm";

/** The exporters by the program that applies their files. */
export const exporters: Readonly<Record<Target, Exporter>> = { helm: helmExport };
