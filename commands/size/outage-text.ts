import { inSeconds } from "../../kit/queries/duration";
import { backOff } from "../../logs/delivery";
import { logFileBytes } from "../../logs/file-size";
import { lineBytes, survivedRate, survivedSeconds } from "../../logs/survived-outage";
import type { Environment } from "../../settings/environment";
import { signals } from "../../signals";

/** Lines per second of a container: of a quiet and of a busy pod of the ERP, and the rate limit of the log agent. */
const rates = [1, 3, 10, 50, 200, 1000];

/** Seconds for which the condition of LogAgentCannotSend looks back, and the time until a rule is evaluated. */
const noticed = inSeconds("2m") + inSeconds("30s");

/** Seconds after which a request without an answer ends, in both agents. */
const requestTimeout = 10;

/** The text about outages of Loki in an environment. */
export function outageText(environment: Environment): string {
  const fileBytes = logFileBytes(environment.logAgent);
  const alert = signals(environment).alerts.find(({ name }) => name === "LogAgentCannotSend");
  const fires = noticed + inSeconds(alert?.for ?? "0s");
  const inTime = Math.floor(survivedRate(fileBytes, fires));
  return [
    `Nodes rotate the log file of a container at ${fileBytes / 2 ** 20} MiB (\`logAgent.containerLogMaxSize\`). While Loki accepts no lines, a container loses none for:`,
    "",
    ...rates.map((rate) => `  ${text(survivedSeconds(fileBytes, rate)).padStart(10)}   at ${lines(rate)}`),
    "",
    `A line of the ERP has ${lineBytes} bytes. After this time, the node has rotated two files, and the log agent never reads the second one.`,
    `LogAgentCannotSend fires ${text(fires)} after the outage begins: in time for containers of up to ${lines(inTime)}.`,
    "The lines of a pod that is deleted during the outage are lost at any rate, because its node deletes its files.",
    `When Loki works again, it gets the first lines within ${text(inSeconds(backOff.longestWait) + requestTimeout)}.`,
  ].join("\n");
}

function lines(rate: number): string {
  return rate === 1 ? "1 line per second" : `${rate} lines per second`;
}

/** A duration in its two largest units. */
function text(seconds: number): string {
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor((seconds % 3600) / 60),
    Math.floor(seconds % 60),
  ];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}
