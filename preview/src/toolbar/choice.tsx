import { css } from "@emotion/css";
import { useTheme2 } from "@grafana/ui";
import type { ReactNode } from "react";

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
  /** Whether the options are clear without the label. @default the label is shown */
  readonly bare?: boolean;
  /** Maximum width in pixels. @default 260 */
  readonly width?: number;
}

/** A control that selects one of several options, with a label as Grafana's variables have. */
export function Choice({ label, value, options, onChange, bare, width = 260 }: ChoiceProps) {
  return (
    <Labelled label={bare ? undefined : label}>
      <select
        aria-label={label}
        style={{ maxWidth: width }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

interface LabelledProps {
  /** The text before the control. @default no text */
  readonly label?: string;
  readonly children: ReactNode;
}

export function Labelled({ label, children }: LabelledProps) {
  const theme = useTheme2();
  const style = css({
    display: "flex",
    height: 32,
    color: theme.colors.text.primary,
    "& > span": {
      ...theme.typography.bodySmall,
      fontWeight: theme.typography.fontWeightMedium,
      display: "flex",
      alignItems: "center",
      padding: theme.spacing(0, 1),
      background: theme.colors.background.primary,
      border: `1px solid ${theme.components.input.borderColor}`,
      borderRight: 0,
      borderRadius: `${theme.shape.radius.default} 0 0 ${theme.shape.radius.default}`,
    },
    "& > select, & > input": {
      height: 32,
      width: "auto",
      background: theme.components.input.background,
      color: theme.components.input.text,
      border: `1px solid ${theme.components.input.borderColor}`,
      borderRadius: label
        ? `0 ${theme.shape.radius.default} ${theme.shape.radius.default} 0`
        : theme.shape.radius.default,
      padding: theme.spacing(0, 1),
      fontSize: theme.typography.body.fontSize,
    },
  });
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className={style}>
      {label && <span>{label}</span>}
      {children}
    </label>
  );
}
