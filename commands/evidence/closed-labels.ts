import { present } from "../../kit/lists";
import { catalogue } from "../../kit/metrics/catalogue";
import { fastapiInstrumentator } from "../../metrics/erp-api/fastapi-instrumentator";
import { starlettePrometheus } from "../../metrics/erp-api/starlette-prometheus";
import { inventory } from "../../metrics/inventory";
import type { Environment } from "../../settings/environment";
import { subjects } from "../../subjects/subjects";
import type { IsClosed } from "./excerpt";

/** A function that returns whether a catalogue lists the values of a label, by the metric or its family. */
export function closedLabels(environment: Environment): IsClosed {
  const measured = inventory(environment);
  // Including subjects that the environment lacks, because their programs run on this machine for the capture.
  const sets = subjects.flatMap(({ metrics }) => present(metrics?.(measured) ?? []));
  const profiles = [starlettePrometheus, fastapiInstrumentator].map(({ metrics }) => metrics);
  const closed = new Set(
    catalogue([...sets, ...profiles], []).metrics.flatMap(({ name, labels }) =>
      [...labels].flatMap(([label, { values, pattern }]) =>
        values || pattern !== undefined ? [`${name} ${label}`, `${familyOf(name)} ${label}`] : [],
      ),
    ),
  );
  return (family, label) => closed.has(`${family} ${label}`);
}

function familyOf(name: string): string {
  return name.replace(/_(bucket|sum|count)$/, "");
}
