/** A dashboard as Grafana takes it, as far as its outline goes. */
interface Model {
  readonly uid: string;
  readonly title: string;
  readonly templating?: { readonly list?: readonly Variable[] };
  readonly panels?: readonly Panel[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query?: unknown;
}

interface Panel {
  readonly title?: string;
  readonly type: string;
  readonly fieldConfig?: { readonly defaults?: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr?: string; readonly legendFormat?: string }[];
  /** Of a row that is folded. */
  readonly panels?: readonly Panel[];
}

/** What a dashboard shows: a line a row, a panel with its unit, a query. */
export function outline(json: string): object {
  const { title, templating, panels = [] } = JSON.parse(json) as Model;
  const variables = (templating?.list ?? []).map(({ name, type, query }) => [
    name,
    [type, asked(query)].join(" ").trim(),
  ]);
  return { title, ...(variables.length > 0 && { variables: Object.fromEntries(variables) }), rows: rows(panels) };
}

function rows(panels: readonly Panel[]): object {
  const found: Record<string, Row> = {};
  let row = "no row";
  for (const panel of panels.flatMap((panel) => [panel, ...(panel.panels ?? [])])) {
    if (panel.type === "row") row = panel.title ?? "untitled";
    else found[row] = withPanel(found[row] ?? {}, panel);
  }
  return found;
}

type Row = Readonly<Record<string, readonly string[]>>;

/** Panels of one title are told apart by nothing that a reader sees, so they share a line. */
function withPanel(row: Row, panel: Panel): Row {
  const name = [panel.title ?? "untitled", panel.type, panel.fieldConfig?.defaults?.unit ?? "no unit"].join(" · ");
  return { ...row, [name]: [...(row[name] ?? []), ...(panel.targets ?? []).map(query)] };
}

function query({ expr = "", legendFormat }: NonNullable<Panel["targets"]>[number]): string {
  const line = expr.trim().replace(/\s*\n\s*/g, " ");
  return legendFormat ? `${line} → ${legendFormat}` : line;
}

function asked(query: unknown): string {
  return typeof query === "string" ? query : query === undefined ? "" : JSON.stringify(query);
}
