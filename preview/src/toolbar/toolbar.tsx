import { css } from "@emotion/css";
import { useTheme2 } from "@grafana/ui";
import type { Address } from "../address";
import type { DashboardContext } from "../dashboard/context";
import type { Session } from "../session";
import { Choice } from "./choice";
import { DashboardLinks } from "./dashboard-links";
import { VariableControl } from "./variable-control";

export interface ToolbarProps {
  readonly session: Session;
  readonly address: Address;
  readonly go: (change: Partial<Address>) => void;
  /** @default no dashboard is shown */
  readonly context?: DashboardContext;
}

const times = ["now-15m", "now-1h", "now-3h", "now-6h", "now-24h"];

/** Controls for the dashboard, its variables, the time and the theme. */
export function Toolbar({ session, address, go, context }: ToolbarProps) {
  const theme = useTheme2();
  const style = css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2, 0),
  });
  const dashboards = session.dashboards.map(({ uid, title }) => ({ value: uid, text: title }));
  const choose = (dashboard: string) => go({ dashboard: dashboard || undefined, values: {}, viewPanel: undefined });
  return (
    <div className={style}>
      <Choice
        label={session.environment}
        width={180}
        value={address.dashboard ?? ""}
        options={[{ value: "", text: "Dashboards" }, ...dashboards]}
        onChange={choose}
      />
      {context?.variables
        .filter(({ hidden, type }) => !hidden && type !== "datasource")
        .map((variable) => (
          <VariableControl
            key={variable.name}
            variable={variable}
            onChange={(values) => go({ values: { ...address.values, [variable.name]: values } })}
          />
        ))}
      <span style={{ flexGrow: 1 }} />
      {context && <DashboardLinks {...{ session, context, go }} />}
      <TimeChoice {...{ session, address, go }} />
      <Choice
        label="Theme"
        bare
        value={address.theme}
        options={[
          { value: "dark", text: "dark" },
          { value: "light", text: "light" },
        ]}
        onChange={(value) => go({ theme: value === "light" ? "light" : "dark" })}
      />
    </div>
  );
}

function TimeChoice({ session: { slices }, address, go }: ToolbarProps) {
  const { slice, from, to } = address;
  const own = from && to && !times.includes(from) ? [{ value: from, text: spanText(from, to) }] : [];
  const relative = times.map((value) => ({ value, text: `Last ${value.slice("now-".length)}` }));
  const recorded = slices.map(({ name, title, kind }) => ({
    value: name,
    text: `${kind === "quiet" ? "○" : "●"} ${title}`,
  }));
  const value = from && to ? from : (slice ?? slices[0]?.name ?? "");
  const change = (chosen: string) => {
    if (slices.some(({ name }) => name === chosen)) go({ slice: chosen, from: undefined, to: undefined });
    else go({ slice: undefined, from: chosen, to: "now" });
  };
  return (
    <Choice
      label="Time"
      bare
      width={190}
      value={value}
      options={[...own, ...(slices.length > 0 ? recorded : relative)]}
      onChange={change}
    />
  );
}

function spanText(from: string, to: string): string {
  const text = (time: string) => (/^\d+$/.test(time) ? new Date(Number(time)).toLocaleString() : time);
  return `${text(from)} to ${text(to)}`;
}
