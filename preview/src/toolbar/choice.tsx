import { css } from "@emotion/css";
import { useTheme2 } from "@grafana/ui";
import type { ReactNode } from "react";

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
  /** The most pixels that it takes, whatever the options are. @default 260 */
  readonly width?: number;
}

/** One of several, with a label as Grafana's variables have it. */
export function Choice({ label, value, options, onChange, width = 260 }: ChoiceProps) {
  return (
    <Labelled label={label}>
      <select style={{ maxWidth: width }} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
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
      borderRadius: `0 ${theme.shape.radius.default} ${theme.shape.radius.default} 0`,
      padding: theme.spacing(0, 1),
      fontSize: theme.typography.body.fontSize,
    },
  });
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className={style}>
      <span>{label}</span>
      {children}
    </label>
  );
}
