/** The contents of the page. The server, `npm run preview`, returns them at `/api/session`. */
export interface Session {
  /** Name of the environment, or of the file that the dashboards are from. */
  readonly environment: string;
  readonly dashboards: readonly PageDashboard[];
  readonly sources: {
    /** Path on this server that leads to the HTTP API of Prometheus: `/api/prometheus`, before `/api/v1/query`. */
    readonly prometheus: string;
    /** Path on this server that leads to the HTTP API of Loki, before `/loki/api/v1/query`. @default there is no Loki */
    readonly loki?: string;
    /** Seconds between two scrapes, as the data source states them in `timeInterval`. @default 15, as Grafana assumes */
    readonly scrapeSeconds?: number;
  };
  /** The slices of the recording. Empty if a running environment is queried. */
  readonly slices: readonly Slice[];
  /** The stories that fill panels without data in any slice. */
  readonly stories: readonly StoryPanel[];
}

/** A dashboard of the page: Grafana's classic JSON model, and the data for the list of dashboards. */
export interface PageDashboard {
  readonly uid: string;
  readonly title: string;
  /** Title of the folder that contains it. @default the dashboard is in no folder */
  readonly folder?: string;
  readonly model: object;
}

/** A period with samples. */
export interface Span {
  /** Begin in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

export interface Slice extends Span {
  /** Name of the slice in the address of the page. */
  readonly name: string;
  /** Short description of what happened. */
  readonly title: string;
  /** Whether the system was healthy all the time, was changed as planned, or had an outage or another problem. */
  readonly kind: "quiet" | "change" | "trouble";
}

/** A panel that shows a story of an alert, in place of the time that the reader chose. */
export interface StoryPanel extends Span {
  readonly dashboard: string;
  readonly panel: number;
  /** The alert and the title of its story. */
  readonly story: string;
  /** The period in which the alert fires. @default it stays silent */
  readonly firing?: Span;
}
