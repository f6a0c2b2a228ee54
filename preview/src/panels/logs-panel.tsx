import { css } from "@emotion/css";
import { dateTimeFormat, type GrafanaTheme2 } from "@grafana/data";
import { EmptyPanel } from "./empty-panel";
import type { PanelProps } from "./panel-props";

interface Line {
  readonly time: number;
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Log lines with time and level. Grafana's packages do not contain its logs panel. */
export function LogsPanel(props: PanelProps) {
  const { panel, frames, theme, timeZone, width, height } = props;
  const {
    showTime = true,
    wrapLogMessage = true,
    sortOrder = "Descending",
    showLabels,
    prettifyLogMessage,
  } = panel.options ?? {};
  const lines = frames.flatMap((frame): Line[] => {
    const values = (name: string) => frame.fields.find((field) => field.name === name)?.values ?? [];
    const [times, labels] = [values("Time"), values("labels")];
    return values("Line").map((text, index) => ({ text, time: times[index], labels: labels[index] ?? {} }));
  });
  if (lines.length === 0) return <EmptyPanel {...props} />;
  const sorted = [...lines].sort((a, b) => (sortOrder === "Descending" ? b.time - a.time : a.time - b.time));
  const style = lineStyle(theme, wrapLogMessage);
  return (
    <div style={{ width, height, overflow: "auto" }} data-logs={lines.length}>
      {sorted.map(({ time, text, labels }, index) => {
        const level = levelOf(labels, text);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines can be equal in everything
          <div key={index} className={style}>
            {showTime && (
              <span className="time">{dateTimeFormat(time, { timeZone, format: "YYYY-MM-DD HH:mm:ss.SSS" })}</span>
            )}
            <span className="level" style={{ color: levelColour(level, theme) }}>
              {level}
            </span>
            {showLabels && <span className="time">{Object.values(labels).join(" ")}</span>}
            <span className="text">{prettifyLogMessage ? prettify(text) : text}</span>
          </div>
        );
      })}
    </div>
  );
}

function lineStyle(theme: GrafanaTheme2, wrap: boolean): string {
  return css({
    display: "flex",
    gap: theme.spacing(1),
    padding: theme.spacing(0.25, 0.5),
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: theme.typography.bodySmall.lineHeight,
    "&:hover": { background: theme.colors.action.hover },
    "& .time": { color: theme.colors.text.secondary, whiteSpace: "nowrap" },
    "& .level": { fontWeight: theme.typography.fontWeightMedium, minWidth: "6ch", textTransform: "lowercase" },
    "& .text": { whiteSpace: wrap ? "pre-wrap" : "pre", overflowWrap: "anywhere" },
  });
}

/** The level that a label or the line states. */
function levelOf(labels: Line["labels"], text: string): string {
  const stated = labels.level ?? labels.detected_level ?? labels.severity;
  return stated ?? /\b(critical|error|warning|warn|info|debug|trace)\b/i.exec(text)?.[1]?.toLowerCase() ?? "";
}

const levels: readonly (readonly [RegExp, string])[] = [
  [/^(crit|fatal|emerg|alert)/i, "purple"],
  [/^err/i, "red"],
  [/^warn/i, "orange"],
  [/^(info|notice)/i, "green"],
  [/^(debug|trace)/i, "blue"],
];

function levelColour(level: string, theme: GrafanaTheme2): string {
  const [, name] = levels.find(([pattern]) => pattern.test(level)) ?? [];
  return name ? theme.visualization.getColorByName(name) : theme.colors.text.secondary;
}

function prettify(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
