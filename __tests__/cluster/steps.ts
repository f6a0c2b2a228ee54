export const minute = 60_000;

let broken: string | undefined;
let running = "";

/** Title of the step that runs. */
export function currentStep(): string {
  return running;
}

/** A step that all later steps need: if it fails, none of them runs. */
export function part(title: string, run: () => unknown, timeout: number = minute): void {
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

/** A step that leaves everything as it found it: the later steps run even if it fails. */
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

/** The last step: it runs whatever failed before it. */
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
