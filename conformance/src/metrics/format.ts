import type { Finding, Rule } from "../rule";
import type { Run } from "../run";
import { type Scrape, scrape } from "./scrape";

/** The formats that Prometheus asks for: the text format, and OpenMetrics with the text format as a fallback. */
const accepted = {
  text: "text/plain;version=0.0.4",
  OpenMetrics: "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5",
} as const;

export const metricsFormat: Rule = {
  name: "metrics-format",
  title:
    "metrics are served in the text format and, on request, in OpenMetrics or the text format, without invalid lines",
  async check(run) {
    const findings: Finding[] = [];
    for (const [asked, accept] of Object.entries(accepted)) {
      findings.push(...formatFindings(run, asked, await scrape(run.client, run.contract.metrics, accept)));
    }
    return findings;
  },
};

/** Number of invalid lines that are reported of each scrape. */
const mostLines = 3;

function formatFindings({ contract }: Run, asked: string, { status, contentType, format, samples, invalid }: Scrape) {
  const { path } = contract.metrics;
  const request = `GET ${path}, asked for ${asked}`;
  if (status !== 200) {
    return [
      {
        expected: `${request}: status 200`,
        found: `status ${status}`,
        remedy: `serve the metrics at ${path}, without authentication`,
      },
    ];
  }
  const wrongFormat = format === undefined || (asked === "text" && format !== "text");
  return [
    ...(wrongFormat
      ? [
          {
            expected: `${request}: a content type that Prometheus reads, such as text/plain; version=0.0.4`,
            found: contentType || "no content type",
            remedy: "use the exposition of the client library, which negotiates the format",
          },
        ]
      : []),
    ...(samples.length === 0
      ? [{ expected: `${request}: samples`, found: "none", remedy: "expose the registry of the client library" }]
      : []),
    ...invalid.slice(0, mostLines).map(({ line, rule }) => ({
      expected: `${request}: valid lines`,
      found: `line ${line}: ${rule}${invalid.length > mostLines ? ` (${invalid.length} such lines)` : ""}`,
      remedy: "use the exposition of the client library; do not write or join its text by hand",
    })),
  ];
}
