/** An Elasticsearch or OpenSearch that stores traces. */
export interface SearchCluster {
  readonly kind: "elasticsearch" | "opensearch";
  /** Such as `https://search.example.com:9200`. */
  readonly url: string;
  /**
   * Environment variables with the name and the password of a user.
   * @default the cluster asks for no login
   */
  readonly login?: { readonly user: string; readonly password: string };
  /**
   * File with the certificates of the authorities that the cluster's certificate is checked against.
   * @default those of the image
   */
  readonly caFile?: string;
  /** Text before the names of the indices, which differ from those of the ERP and of other environments. */
  readonly prefix: string;
  /** Copies of each index on other nodes. 0 for a cluster of one node. */
  readonly replicas: number;
}

/** The value of an environment variable, in the configuration of a collector. */
export function variable(name: string): string {
  return `\${env:${name}}`;
}
