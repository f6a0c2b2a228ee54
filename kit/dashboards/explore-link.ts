export interface ExploreForm {
  /** Uid of a data source, or a variable that contains one. */
  readonly dataSource: string;
  readonly type: "loki" | "prometheus";
  readonly expression: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Path to Grafana's Explore with a query. Variables are not encoded, because Grafana replaces them before it opens a
 * link. https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#share-explore-urls
 */
export function explorePath({ dataSource, type, expression, from, to }: ExploreForm): string {
  const query = { refId: "A", datasource: { type, uid: dataSource }, expr: expression, queryType: "range" };
  const panes = { a: { datasource: dataSource, queries: [query], range: { from, to } } };
  const parts = JSON.stringify(panes).split(/(\$+\{[^}]+\})/);
  const encoded = parts.map((part, index) => (index % 2 === 0 ? encodeURIComponent(part) : part));
  return `/explore?schemaVersion=1&panes=${encoded.join("")}`;
}
