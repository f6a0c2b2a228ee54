import {
  type ExpositionFormat,
  familyOf,
  type InvalidLine,
  parseExposition,
  type Sample,
} from "../../../kit/metrics/exposition";
import type { Client } from "../client";
import type { Contract } from "../contract";

/** One scrape of the image. */
export interface Scrape {
  readonly status: number;
  readonly contentType: string;
  /** The format that the content type states. @default none that Prometheus reads */
  readonly format?: ExpositionFormat;
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
  readonly invalid: readonly InvalidLine[];
  readonly seconds: number;
}

/** A metric as the image exposes it. */
export interface Family {
  /** The type, or `untyped` if the scrape does not state one. */
  readonly type: string;
  readonly samples: readonly Sample[];
}

/** @throws {Unanswered} if the image does not answer in time. */
export async function scrape(
  client: Client,
  { path, timeoutSeconds }: Contract["metrics"],
  accept: string,
): Promise<Scrape> {
  const { status, headers, body, seconds } = await client.request(path, {
    headers: { Accept: accept },
    // Behind one address, each connection may lead to another process.
    alone: true,
    timeoutSeconds,
  });
  const contentType = headers["content-type"] ?? "";
  const format = formatOf(contentType);
  return { status, contentType, seconds, ...(format && { format }), ...parseExposition(body, format ?? "text") };
}

function formatOf(contentType: string): ExpositionFormat | undefined {
  if (/^application\/openmetrics-text\b/.test(contentType)) return "openmetrics";
  return /^text\/plain\b/.test(contentType) ? "text" : undefined;
}

/** Families by the names that catalogues use: a counter ends in `_total` in both formats. */
export function familiesOf({ types, samples, format }: Scrape): ReadonlyMap<string, Family> {
  const catalogued = (name: string) =>
    format === "openmetrics" && types.get(name) === "counter" ? `${name}_total` : name;
  const families = new Map<string, { type: string; samples: Sample[] }>();
  for (const [name, type] of types) families.set(catalogued(name), { type, samples: [] });
  for (const sample of samples) {
    const name = catalogued(familyOf(sample.name, types));
    const family = families.get(name) ?? { type: "untyped", samples: [] };
    family.samples.push(sample);
    families.set(name, family);
  }
  return families;
}
