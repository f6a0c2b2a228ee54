import { bytesOf } from "../kit/queries/quantity";
import type { Environment } from "../settings/environment";

/** Bytes at which the nodes of an environment rotate the log file of a container: by default, those of the kubelet. */
export function logFileBytes({ containerLogMaxSize = "10Mi" }: Environment["logAgent"]): number {
  return bytesOf(containerLogMaxSize);
}
