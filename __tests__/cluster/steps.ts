export const minute = 60_000;

let broken: string | undefined;
let running = "";

/** The title of the running step. */
export function currentStep(): string {
  return running;
}

/** A step that all later steps need: if it fails, they do not run. */
export function requiredStep(title: string, run: () => unknown, timeout: number = minute): void {
  check(
    title,
    async () => {
      broken = title;
      await run();
      broken = undefined;
    },
    timeout,
  );
}

/** A step that leaves the deployment as it found it: the later steps run even if it fails. */
export function check(title: string, run: () => unknown, timeout: number = minute): void {
  atTheEnd(
    title,
    async () => {
      if (broken) throw new Error(`not reached: "${broken}" failed`);
      await run();
    },
    timeout,
  );
}

/** The last step: it runs even if earlier steps failed. */
export function atTheEnd(title: string, run: () => unknown, timeout: number = minute): void {
  test(
    title,
    async () => {
      running = title;
      await run();
    },
    timeout,
  );
}
