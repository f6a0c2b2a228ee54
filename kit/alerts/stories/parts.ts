import type { Part, Samples } from "./samples";
import { storySeconds } from "./story-time";

/** The series for so many seconds: its last part goes on for longer, or it ends earlier. */
export function lastFor(samples: Samples, seconds: number): Samples {
  const before = partsBetween(samples.parts, 0, seconds);
  const lacking = seconds - before.reduce((sum, part) => sum + secondsOf(part), 0);
  const last = before.at(-1);
  if (!last || lacking <= 0) return { ...samples, parts: before };
  return { ...samples, parts: [...before.slice(0, -1), { ...last, for: `${secondsOf(last) + lacking}s` }] };
}

/** What happens between two times, in seconds. */
export function partsBetween(parts: readonly Part[], from: number, to: number): Part[] {
  let begin = 0;
  return parts.flatMap((part) => {
    const start = begin;
    begin += secondsOf(part);
    const [first, end] = [Math.max(start, from), Math.min(begin, to)];
    if (end <= first) return [];
    return [{ ...part, for: `${end - first}s`, ...(part.value && { value: valueAfter(part.value, first - start) }) }];
  });
}

/** The parts with all values so many times as large. */
export function scale({ parts, ...samples }: Samples, factor: number): Samples {
  const scale = ({ from, perSecond }: NonNullable<Part["value"]>) => ({
    ...(from !== undefined && { from: from * factor }),
    perSecond: perSecond * factor,
  });
  return { ...samples, parts: parts.map((part) => ({ ...part, ...(part.value && { value: scale(part.value) }) })) };
}

/** The same value wherever there is one. */
export function holdAt({ parts, ...samples }: Samples, value: number): Samples {
  return {
    ...samples,
    parts: parts.map((part) => ({ ...part, ...(part.value && { value: { from: value, perSecond: 0 } }) })),
  };
}

function valueAfter({ from, perSecond }: NonNullable<Part["value"]>, seconds: number): NonNullable<Part["value"]> {
  return { ...(from !== undefined && { from: from + perSecond * seconds }), perSecond };
}

function secondsOf(part: Part): number {
  return storySeconds(part.for, 0);
}
