/** Mean size of a line of the ERP in a log file, with the prefix of the container runtime, in `evidence/erp.jsonl`. */
export const lineBytes = 750;

/**
 * Seconds for which a container loses no line while Loki accepts none. The agent keeps the file open that it was reading,
 * and later continues with the file that is written then. So lines are lost as soon as the kubelet rotates a second file. In
 * the worst case it rotates the first one when the outage begins, and the second one when that is full. Neither the number
 * of files that the kubelet keeps nor the waits of the agent change this: it keeps older files compressed, and the agent
 * does not read compressed files.
 *
 * @param fileBytes size at which the kubelet rotates a log file
 * @param linesPerSecond lines of the container
 */
export function survivedSeconds(fileBytes: number, linesPerSecond: number): number {
  return fileBytes / (lineBytes * linesPerSecond);
}

/**
 * Most lines per second of a container that loses none before an alert.
 *
 * @param seconds time from the begin of the outage to the alert
 */
export function survivedRate(fileBytes: number, seconds: number): number {
  return fileBytes / (lineBytes * seconds);
}
