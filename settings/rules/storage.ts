import { bytesOf } from "../../kit/queries/quantity";
import type { Rule } from "../rule";

/** Volumes that are too small for the settings of their programs. */
export const storage: readonly Rule[] = [
  {
    at: "loki.storage.walSize",
    reads: ["loki.resources"],
    broken: ({ loki: { storage, resources } }) =>
      "walSize" in storage && bytesOf(storage.walSize) < bytesOf(resources.limits.memory),
    rule: "must be at least the memory limit of Loki: its write-ahead log holds the lines that are in memory",
    remedy: "raise it to a multiple of `loki.resources.limits.memory`",
  },
];
