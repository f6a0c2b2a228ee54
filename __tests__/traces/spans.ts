import { randomBytes } from "node:crypto";
import { request } from "../../commands/request";

/** Values of attributes in OTLP's JSON. */
export type Value = string | number | readonly string[];

/** A span of a test. */
export interface Span {
  /** @default 10 */
  readonly milliseconds?: number;
  /** @default the span has no parent */
  readonly parent?: string;
  readonly name: string;
  /** @default "server" */
  readonly kind?: "server" | "client" | "consumer";
  readonly attributes?: Readonly<Record<string, Value>>;
  /** What a caller can say about sampling. @default nothing */
  readonly traceState?: string;
  readonly flags?: number;
  /** Message of a failure. @default the span did not fail */
  readonly failure?: string;
  /** Attributes of an event. @default no event */
  readonly event?: { readonly name: string; readonly attributes: Readonly<Record<string, Value>> };
}

const kinds = { server: 2, client: 3, consumer: 5 };

/** Sends one trace by OTLP over HTTP. @returns its id, and the status of the answer */
export async function send(
  collector: string,
  spans: readonly Span[],
  resource: Readonly<Record<string, Value>> = {},
): Promise<{ readonly traceId: string; readonly status: number }> {
  const traceId = randomBytes(16).toString("hex");
  const root = randomBytes(8).toString("hex");
  const now = BigInt(Date.now()) * 1_000_000n;
  const body = {
    resourceSpans: [
      {
        resource: { attributes: attributes({ "service.name": "erp-api", ...resource }) },
        scopeSpans: [
          {
            scope: { name: "test" },
            spans: spans.map((span, index) => ({
              traceId,
              spanId: index === 0 ? root : randomBytes(8).toString("hex"),
              ...(index > 0 && { parentSpanId: root }),
              name: span.name,
              traceState: span.traceState,
              flags: span.flags,
              kind: kinds[span.kind ?? "server"],
              startTimeUnixNano: String(now - BigInt(span.milliseconds ?? 10) * 1_000_000n),
              endTimeUnixNano: String(now),
              attributes: attributes(span.attributes ?? {}),
              status: span.failure === undefined ? {} : { code: 2, message: span.failure },
              events: span.event
                ? [{ timeUnixNano: String(now), name: span.event.name, attributes: attributes(span.event.attributes) }]
                : [],
            })),
          },
        ],
      },
    ],
  };
  const { status } = await request(`http://${collector}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { traceId, status };
}

function attributes(values: Readonly<Record<string, Value>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: encoded(value) }));
}

function encoded(value: Value): object {
  if (typeof value === "number") return { intValue: String(value) };
  if (typeof value === "string") return { stringValue: value };
  return { arrayValue: { values: value.map(encoded) } };
}
