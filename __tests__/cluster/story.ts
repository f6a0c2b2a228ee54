export const minute = 60_000;

let broken: string | undefined;

/** A part of the story on which those after it stand: where it has failed, they are not told. */
export function part(title: string, tell: () => unknown, timeout: number = minute): void {
  episode(
    title,
    async () => {
      broken = title;
      await tell();
      broken = undefined;
    },
    timeout,
  );
}

/** A part of the story that leaves everything as it found it: the others are told even where it has failed. */
export function episode(title: string, tell: () => unknown, timeout: number = minute): void {
  test(
    title,
    async () => {
      if (broken) throw new Error(`not reached: "${broken}" failed`);
      await tell();
    },
    timeout,
  );
}
