import { MultiCombobox } from "@grafana/ui";
import { Badge } from "../panels/badge";
import { all, type Variable } from "../variables/model";
import { Choice, Labelled } from "./choice";

interface VariableControlProps {
  readonly variable: Variable;
  readonly onChange: (values: readonly string[]) => void;
}

/** A control for the values of a variable: one, several, or a text. */
export function VariableControl({ variable, onChange }: VariableControlProps) {
  const { label, type, multi, includeAll, options, chosen, error } = variable;
  if (error !== undefined) return <Labelled label={label}>{<Badge text={error} colour="warning" />}</Labelled>;
  if (type === "textbox") {
    return (
      <Labelled label={label}>
        <input defaultValue={chosen[0]} key={chosen[0]} onBlur={(event) => onChange([event.target.value])} />
      </Labelled>
    );
  }
  const offered = [...(includeAll ? [{ value: all, text: "All" }] : []), ...options];
  if (!multi)
    return <Choice label={label} value={chosen[0] ?? ""} options={offered} onChange={(value) => onChange([value])} />;
  return (
    <Labelled label={label}>
      <MultiCombobox
        options={offered.map(({ value, text }) => ({ value, label: text }))}
        value={[...chosen]}
        onChange={(picked) =>
          onChange(
            choose(
              picked.map(({ value }) => value),
              chosen,
            ),
          )
        }
        width="auto"
        minWidth={16}
        maxWidth={40}
      />
    </Labelled>
  );
}

/** "All" and single values exclude each other: the last choice stays. */
function choose(picked: readonly string[], before: readonly string[]): readonly string[] {
  if (picked.length === 0 || (picked.includes(all) && !before.includes(all))) return [all];
  return picked.filter((value) => value !== all);
}
