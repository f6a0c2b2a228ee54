import type { Part, Samples } from "./samples";
import { storySeconds } from "./story-time";

/** The series with this length in seconds: its last part is extended, or the series ends earlier. */
export function lastFor(samples: Samples, seconds: number): Samples {
  const before = partsBetween(samples.parts, 0, seconds);
  const lacking = seconds - before.reduce((sum, part) => sum + secondsOf(part), 0);
  const last = before.at(-1);
  if (!last || lacking <= 0) return { ...samples, parts: before };
  return { ...samples, parts: [...before.slice(0, -1), { ...last, for: `${secondsOf(last) + lacking}s` }] };
}

/** The parts between two times, in seconds. The first part starts with the value of the series at that time. */
export function partsBetween(parts: readonly Part[], from: number, to: number): Part[] {
  let [begin, current] = [0, 0];
  return parts.flatMap((part) => {
    const [start, before] = [begin, part.value?.from ?? current];
    begin += secondsOf(part);
    current = valueAt(part, before, begin - start);
    const [first, end] = [Math.max(start, from), Math.min(begin, to)];
    if (end <= first) return [];
    const value = valueAt(part, before, first - start);
    const starts = part.value?.from !== undefined || (first === from && value !== 0);
    return [
      { ...part, for: `${end - first}s`, ...(part.value && starts && { value: { ...part.value, from: value } }) },
    ];
  });
}

/** The series with each value multiplied by the factor. */
export function scale({ parts, ...samples }: Samples, factor: number): Samples {
  const scale = ({ from, perSecond }: NonNullable<Part["value"]>) => ({
    ...(from !== undefined && { from: from * factor }),
    perSecond: perSecond * factor,
  });
  return { ...samples, parts: parts.map((part) => ({ ...part, ...(part.value && { value: scale(part.value) }) })) };
}

/** The series with this value in place of each of its values. */
export function holdAt({ parts, ...samples }: Samples, value: number): Samples {
  return {
    ...samples,
    parts: parts.map((part) => ({ ...part, ...(part.value && { value: { from: value, perSecond: 0 } }) })),
  };
}

function valueAt({ value }: Part, start: number, seconds: number): number {
  return value ? start + value.perSecond * seconds : start;
}

function secondsOf(part: Part): number {
  return storySeconds(part.for, 0);
}
