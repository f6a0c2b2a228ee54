/**
 * The contract that an image of the ERP must keep: a JSON document, which `npm run contract` writes from the catalogue of
 * an environment. `contract.schema.json` describes it for other programs.
 */
export interface Contract {
  /** Version of this format. It increases when a field is renamed, removed, or changes its meaning. */
  readonly version: 1;
  /** Name of the environment whose settings the contract follows. */
  readonly environment: string;
  readonly metrics: {
    readonly path: string;
    /** Time that Prometheus waits for a scrape. */
    readonly timeoutSeconds: number;
    /** Number of samples above which Prometheus rejects a scrape. */
    readonly sampleLimit: number;
    /** Metrics of the API besides its HTTP metrics. */
    readonly own: readonly ContractMetric[];
  };
  readonly http: {
    /** The HTTP profile that the environment configures. */
    readonly profile: string;
    /** The threshold of the latency objective, which must be the bound of a bucket. */
    readonly latencyThresholdSeconds: number;
    /** HTTP metrics by profile. */
    readonly profiles: Readonly<Record<string, HttpContract>>;
  };
  readonly health: {
    readonly live: HealthRoute;
    readonly ready: HealthRoute;
    /** The gauge that is 0 while the ERP does not reach the dependency in its label `dependency`. */
    readonly dependencyMetric: string;
    readonly dependencies: readonly string[];
  };
  readonly requestId: {
    readonly header: string;
    /** Regular expression of ids that the image must keep. It must replace all others. */
    readonly pattern: string;
  };
  readonly logs: {
    /** JSON Schema of a log line. */
    readonly schema: object;
  };
  readonly sentry: {
    /** Tags of every event that belongs to a request. */
    readonly tags: readonly string[];
    /** The metric whose labels `version` and `environment` are release and environment of every event. */
    readonly identityMetric: string;
  };
}

export interface HttpContract {
  /** The histogram of durations by route. */
  readonly duration: string;
  readonly metrics: readonly ContractMetric[];
}

export interface ContractMetric {
  /** Name of the family: a histogram or summary without suffix, a counter with `_total`. */
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "summary";
  readonly labels: readonly ContractLabel[];
  /** Upper bounds of the buckets, `+Inf` apart. @default the metric is no histogram */
  readonly buckets?: readonly number[];
  /** The event without which the metric does not exist. @default the metric always exists */
  readonly after?: string;
}

export interface ContractLabel {
  readonly name: string;
  /** Whether some series lack the label. @default false */
  readonly optional?: boolean;
  /** All values that the label may have. @default the label may have any value that matches `pattern` */
  readonly values?: readonly string[];
  /** Regular expression that the whole value matches. @default the label may have any value */
  readonly pattern?: string;
}

export interface HealthRoute {
  readonly path: string;
  /** Time that the kubelet waits for the answer. */
  readonly timeoutSeconds: number;
}
