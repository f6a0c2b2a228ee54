export const minute = 60_000;

let broken: string | undefined;

/** A part of the story; where one has failed, those after it have nothing to stand on. */
export function part(title: string, tell: () => unknown, timeout: number = minute): void {
  test(
    title,
    async () => {
      if (broken) throw new Error(`not reached: "${broken}" failed`);
      broken = title;
      await tell();
      broken = undefined;
    },
    timeout,
  );
}
