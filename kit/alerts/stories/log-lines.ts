import { type StoryTime, storySeconds } from "./story-time";

/** Rates at which one program writes the same line: a sequence of parts, each with a duration. */
export interface LogLines {
  /** Name of the program and of its stream. */
  readonly app: string;
  /** Fields of the line. */
  readonly record: Readonly<Record<string, string | number>>;
  readonly parts: readonly LogPart[];
}

export interface LogPart {
  readonly for: StoryTime;
  /** Number of lines per minute, evenly distributed; 0 for no lines. */
  readonly perMinute: number;
}

export function writes(perMinute: number, time: StoryTime): LogPart {
  return { for: time, perMinute };
}

export function isSilent(time: StoryTime): LogPart {
  return { for: time, perMinute: 0 };
}

/** Times of the lines in seconds from the start: the first line of a part comes half a distance after the start of the part. */
export function times({ parts }: LogLines): number[] {
  let start = 0;
  return parts.flatMap(({ for: time, perMinute }) => {
    const begin = start;
    start += storySeconds(time, 0);
    const count = Math.round((storySeconds(time, 0) / 60) * perMinute);
    return Array.from({ length: count }, (_, index) => begin + ((index + 0.5) * 60) / perMinute);
  });
}
