import { production } from "../../__tests__/fixtures/production";
import { recorded } from "../../__tests__/fixtures/recorded";
import { type Coefficients, coefficients, type SeriesPer } from "../../commands/size/coefficients";
import type { Measurement } from "../../commands/size/measure";
import { measurementText } from "../../commands/size/measurement-text";
import { predictionText } from "../../commands/size/prediction-text";

/** The page that describes the model. */
export const sizingPage = "docs/sizing.md";

/**
 * The page with the tables of coefficients, with the output of the command for its example, and with the output of `--measured`
 * for the recording.
 */
export function updatePage(page: string, measurement: Measurement): string {
  const blocks = {
    example: codeBlock(predictionText(production)),
    coefficients: [...seriesTable(coefficients.series), "", ...figureTable(coefficients)],
    measured: codeBlock(measurementText(recorded, measurement)),
  };
  return Object.entries(blocks).reduce((text, [name, lines]) => between(text, name, lines), page);
}

function codeBlock(text: string): readonly string[] {
  return ["```", text, "```"];
}

function between(page: string, name: string, lines: readonly string[]): string {
  const block = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!block.test(page)) throw new Error(`${sizingPage} has no <!-- ${name} --> with <!-- /${name} --> after it.`);
  return page.replace(block, (_, begin, end) => `${begin}${lines.join("\n")}\n${end}`);
}

function seriesTable({ jobs, rules }: Coefficients["series"]): readonly string[] {
  const rows = Object.entries(jobs).map(([job, per]) => `| \`${job}\` | ${perText(per)} |`);
  return ["| Scrape job | Series |", "|---|---|", ...rows, `| all rules together | ${rules} |`];
}

function perText(per: SeriesPer): string {
  return Object.entries(per)
    .map(([unit, number]) => `${number} for each ${unit === "route" ? "route of an API pod" : unit}`)
    .join(", ");
}

function figureTable({ prometheus, loki, series }: Coefficients): readonly string[] {
  const rows = [
    ["Prometheus, bytes of a sample on disk", prometheus.bytesPerSample],
    ["Prometheus, bytes of a sample in the write-ahead log", prometheus.walBytesPerSample],
    ["Prometheus, memory without series", mebibytes(prometheus.memory)],
    ["Prometheus, memory of a series in the head block", `${kibibytes(prometheus.memoryPerSeries)} KiB`],
    ["Loki, bytes of a line before compression", loki.lineBytes],
    ["Loki, bytes of a line on disk", loki.storedBytesPerLine],
    ["Loki, bytes of a line in the write-ahead log", loki.walBytesPerLine],
    ["Loki, memory with the load of the test cluster", mebibytes(loki.memory)],
    ["Loki, memory for each line per second", `${kibibytes(loki.memoryPerLinePerSecond)} KiB`],
    ["series that `full` added on the test cluster", series.full.toLocaleString("en")],
  ];
  return ["| Figure | Value |", "|---|---|", ...rows.map(([figure, value]) => `| ${figure} | ${value} |`)];
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function kibibytes(bytes: number): string {
  return (bytes / 1024).toPrecision(2);
}
