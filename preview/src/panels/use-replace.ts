import type { InterpolateFunction, ScopedVars } from "@grafana/data";
import { useCallback } from "react";
import { type DashboardContext, lookup } from "../dashboard/context";
import type { Span } from "../session";
import { formats, glob } from "../variables/formats";
import { interpolate, type Lookup } from "../variables/interpolate";
import { dataMacro } from "./data-macros";

/** Replaces variables in the texts of a panel, including those that refer to its data, as Grafana's components require. */
export function useReplace(context: DashboardContext, range: Span): InterpolateFunction {
  return useCallback(
    (text, scoped, format) => {
      const find = lookup(context, range);
      const usual = (typeof format === "string" && formats[format]) || glob;
      const bound: Lookup = (name, field) =>
        dataMacro(name, field, scoped) ?? scopedBound(scoped, name) ?? find(name, field);
      return interpolate(text, bound, usual);
    },
    [context, range],
  );
}

/** Variables that Grafana's own code sets for one text. */
function scopedBound(scoped: ScopedVars | undefined, name: string) {
  const value = scoped?.[name]?.value;
  return typeof value === "string" || typeof value === "number" ? { value: String(value) } : undefined;
}
