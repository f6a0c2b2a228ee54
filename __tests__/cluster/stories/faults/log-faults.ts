import { disruptions } from "../../disruptions";
import { lost } from "../../results";
import { description } from "../../webhook";
import { faultStory } from "./fault";

/** Faults on the way of a log line: the log agent and Loki. */
export const logFaults = [
  faultStory({
    name: "loki-volume-full",
    fault: "Loki's volume is full",
    proves: "a full volume of Loki is reported while the log agent backs off, and no line is lost",
    minutes: 22,
    prepared: [disruptions.smallLokiVolume],
    disruptions: [disruptions.fullLokiVolume],
    seconds: 15 * 60,
    notified: [{ alert: "LokiVolumeFull", receiver: "chat", within: 180 }],
    mayPage: ["VolumeAlmostFull"],
    wellWithin: 120,
  }),
  faultStory({
    name: "loki-killed",
    fault: "Loki and the log agent are killed at 400 lines a second, and the agent's positions are deleted",
    proves: "no line is missing or stored twice after Loki and the log agent were killed",
    minutes: 5,
    disruptions: [disruptions.killedLogPath],
    seconds: 60,
    notified: [],
    wellWithin: 120,
    lines: { perSecond: 400, characters: 100 },
  }),
  faultStory({
    name: "loki-stopped",
    fault: "Loki is away for a minute while a pod writes 10 MiB",
    proves: "a stop of Loki for a minute loses no line of a pod that writes 10 MiB meanwhile",
    minutes: 5,
    disruptions: [disruptions.noLoki],
    seconds: 60,
    notified: [],
    wellWithin: 120,
    lines: { perSecond: 400, characters: 500 },
  }),
  faultStory({
    name: "rollout-without-loki",
    fault: "the API's pods are replaced while Loki is away",
    proves: "log lines that are lost with their pods are counted and reported",
    minutes: 12,
    disruptions: [disruptions.noLoki, disruptions.lateNewApi],
    seconds: 180,
    notified: [],
    notifiedLate: [{ alert: "LogFilesDeletedUnread", receiver: "chat", within: 480 }],
    wellWithin: 120,
    afterwards: () => {
      const [, amount] =
        /Files with (.+) of unread lines/.exec(description("chat", "LogFilesDeletedUnread") ?? "") ?? [];
      lost(`${amount} of lines of the API's pods`);
    },
  }),
  faultStory({
    name: "log-flood",
    fault: "a pod writes 20,000 lines a second",
    proves: "a flood of log lines hides no line of another pod",
    minutes: 8,
    disruptions: [disruptions.hugeFlood],
    seconds: 120,
    notified: [{ alert: "PodLogsCut", receiver: "chat", within: 600 }],
    wellWithin: 120,
  }),
];
