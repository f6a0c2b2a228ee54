import type { Fault } from "../faults";
import type { Environment } from "../settings/environment";
import type { Subject } from "./subject";

/** Faults for exporters that would start without a variable, because the environment has no setting for their server. */
export function checkExporters(subjects: readonly Subject[], environment: Environment): Fault[] {
  return subjects.flatMap(({ name, exporter }) =>
    Object.entries(exporter?.(environment).env ?? {})
      .filter(([, value]) => value === undefined)
      .map(([variable]) => ({
        place: `subjects/${name}.ts: exporter.env.${variable}`,
        rule: "must have a value in every environment that has the subject",
        remedy: "set `when` so that only environments with its settings have it, or make the setting required",
      })),
  );
}
