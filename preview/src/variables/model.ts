import type { Bound, Value } from "./formats";

/**
 * A variable as the JSON of a dashboard has it.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export interface VariableModel {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  readonly hide?: number | string;
  readonly query?: string | { readonly query?: string; readonly label?: string; readonly stream?: string };
  readonly regex?: string;
  readonly sort?: number | string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly current?: { readonly value?: unknown; readonly text?: unknown };
  readonly options?: readonly { readonly text?: unknown; readonly value?: unknown }[];
  /** For a variable of type "interval": whether one of its options follows from the time range. */
  readonly auto?: boolean;
  /** Into how many intervals the option "auto" divides the time range. */
  readonly auto_count?: number;
  /** The shortest interval of the option "auto". */
  readonly auto_min?: string;
  readonly datasource?: { readonly type?: string; readonly uid?: string } | string | null;
}

export interface Option {
  readonly text: string;
  readonly value: string;
  /** The text that is inserted if the option is selected. @default the value */
  readonly inserted?: string;
}

/** A variable with its possible values and its selected values. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly hidden: boolean;
  readonly multi: boolean;
  readonly includeAll: boolean;
  /** The text that is inserted if all values are selected. @default the values of all options */
  readonly allValue?: string;
  readonly options: readonly Option[];
  /** Values of the selected options, or `$__all`. */
  readonly chosen: readonly string[];
  /** Why its values could not be read. @default they were read */
  readonly error?: string;
}

/** The value that Grafana stores if all options are selected. */
export const all = "$__all";

/** The replacement for a variable. */
export function boundTo(variable: Variable): Bound {
  const { options, chosen, multi, allValue } = variable;
  if (chosen[0] === all && allValue) return { value: allValue, text: "All", verbatim: true };
  const values = chosen[0] === all ? options.map(({ value }) => value) : chosen;
  const inserted = values.map((value) => find(options, value)?.inserted ?? value);
  const text =
    chosen[0] === all
      ? "All"
      : single(
          multi,
          values.map((value) => find(options, value)?.text ?? value),
        );
  return { value: single(multi || chosen[0] === all, inserted), text };
}

function single(several: boolean, values: readonly string[]): Value {
  return several ? values : (values[0] ?? "");
}

function find(options: readonly Option[], value: string): Option | undefined {
  return options.find((option) => option.value === value);
}
