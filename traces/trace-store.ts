/** The address to which the collector sends traces. */
export type TraceStore =
  | {
      /** Jaeger, by OTLP over gRPC. */
      readonly kind: "jaeger";
      /** Host and port, such as `jaeger.tracing.svc:4317`. */
      readonly endpoint: string;
    }
  | {
      readonly kind: "zipkin";
      /** URL of Zipkin, such as `http://zipkin.tracing.svc:9411`. */
      readonly endpoint: string;
    }
  | {
      /** Any server that receives OTLP. */
      readonly kind: "otlp";
      /** URL, such as `https://otlp.example.com:4317`; with `http`, the part before `/v1/traces`. */
      readonly endpoint: string;
      readonly protocol: "grpc" | "http";
      /**
       * Environment variables of the collector that contain the values of headers, such as `{ authorization: "OTLP_TOKEN" }`.
       * @default no headers
       */
      readonly headers?: Readonly<Record<string, string>>;
      /**
       * File with the certificates of the authorities that the server's certificate is checked against.
       * @default those of the image
       */
      readonly caFile?: string;
    };
