/** Contents of the page's address: `/?dashboard=<uid>&slice=<name>&var-<name>=<value>`, as in Grafana. */
export interface Address {
  /** Uid of the dashboard that is drawn. @default the list of the dashboards */
  readonly dashboard?: string;
  readonly theme: "dark" | "light";
  /** Name of the slice whose time is shown. @default the first slice, if no time is given */
  readonly slice?: string;
  /** The time in milliseconds since 1970, or relative as `now-1h`. @default the time of the slice */
  readonly from?: string;
  /** End of that time, in the same form. @default the end of the slice */
  readonly to?: string;
  /** Id of the only panel that is shown. @default all panels */
  readonly viewPanel?: number;
  /** Whether collapsed rows are shown open. */
  readonly rowsOpen: boolean;
  /** The chosen values of each variable. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

const prefix = "var-";

export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const text = (name: string) => query.get(name) ?? undefined;
  const names = new Set([...query.keys()].filter((key) => key.startsWith(prefix)));
  const panel = Number(query.get("viewPanel")?.replace(/^panel-/, "") ?? Number.NaN);
  return {
    dashboard: text("dashboard"),
    theme: query.get("theme") === "light" ? "light" : "dark",
    slice: text("slice"),
    from: text("from"),
    to: text("to"),
    viewPanel: Number.isFinite(panel) ? panel : undefined,
    rowsOpen: query.get("rows") === "open",
    values: Object.fromEntries([...names].map((name) => [name.slice(prefix.length), query.getAll(name)])),
  };
}

export function formatAddress({ values, viewPanel, rowsOpen, ...rest }: Address): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, value);
  if (viewPanel !== undefined) query.set("viewPanel", String(viewPanel));
  if (rowsOpen) query.set("rows", "open");
  for (const [name, chosen] of Object.entries(values)) for (const value of chosen) query.append(prefix + name, value);
  return `/?${query}`;
}
