import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import type { Fault } from "../../faults";
import type { Release } from "./chart-releases";
import type { Manifest } from "./manifests";

/** Faults of values that do not reach Grafana unchanged: its configuration, its data sources, its dashboard sidecar. */
export function grafanaFaults(release: Release, manifests: readonly Manifest[]): readonly Fault[] {
  const values = release.values as unknown as Values;
  const config =
    manifests.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === "grafana")?.data ?? {};
  const given = Object.entries(values.datasources).filter(
    ([file, wanted]) => !isDeepStrictEqual(parse(config[file] ?? ""), wanted),
  );
  const unset = settings(values["grafana.ini"]).filter(
    (setting) => !writtenSettings(config["grafana.ini"] ?? "").has(setting),
  );
  const sidecar = dashboardSidecar(manifests);
  const missing = Object.entries(sidecarVariables(values)).filter(([name, value]) => sidecar[name] !== value);
  return [
    ...given.map(([file]) => ({ place: `datasources ${file}`, rule: "must reach Grafana unchanged" })),
    ...unset.map((setting) => ({ place: `grafana.ini ${setting}`, rule: "must be in the file that Grafana reads" })),
    ...missing.map(([name, value]) => ({
      place: `dashboard sidecar ${name}`,
      value: sidecar[name],
      rule: value === undefined ? "must not be set" : `must be ${value}`,
    })),
  ].map(({ place, ...fault }) => ({
    place: `release ${release.name} of ${release.environment}: ${place}`,
    ...fault,
    remedy: "check how the chart's templates use the value: they expand `{{`, and omit unknown values",
  }));
}

interface Values {
  readonly datasources: Readonly<Record<string, object>>;
  readonly "grafana.ini": Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly sidecar: {
    readonly dashboards: Readonly<Record<"label" | "labelValue" | "folderAnnotation" | "resource", string>>;
  };
}

/** `[section] key = value` of each setting. */
function settings(sections: Values["grafana.ini"]): readonly string[] {
  return Object.entries(sections).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, value]) => `[${section}] ${key} = ${value}`),
  );
}

function writtenSettings(ini: string): ReadonlySet<string> {
  let section = "";
  return new Set(
    ini.split("\n").map((line) => {
      if (line.startsWith("[")) section = line;
      return `${section} ${line}`;
    }),
  );
}

/**
 * Variables of a sidecar that watches its own namespace only, and does not call Grafana. `NAMESPACE` would make it watch
 * others, and `REQ_URL` would make it call Grafana with the password of the administrator.
 */
function sidecarVariables({ sidecar }: Values): Readonly<Record<string, string | undefined>> {
  const { label, labelValue, folderAnnotation, resource } = sidecar.dashboards;
  return {
    LABEL: label,
    LABEL_VALUE: labelValue,
    FOLDER_ANNOTATION: folderAnnotation,
    RESOURCE: resource,
    NAMESPACE: undefined,
    REQ_URL: undefined,
    REQ_USERNAME: undefined,
    REQ_PASSWORD: undefined,
  };
}

/**
 * The environment variables of the container that loads dashboards. Only the fields that we read are listed.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
function dashboardSidecar(manifests: readonly Manifest[]): Readonly<Record<string, string | undefined>> {
  const deployment = manifests.find(({ kind }) => kind === "Deployment")?.spec.template.spec;
  const container = deployment?.containers.find(({ name }: { name: string }) => name === "grafana-sc-dashboard");
  const env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[] =
    container?.env ?? [];
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? JSON.stringify(valueFrom)]));
}
