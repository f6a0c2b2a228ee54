import { styleText } from "node:util";

/** Meanings of the colours. */
export type Meaning = "passed" | "failed" | "firing" | "pending" | "limit" | "heading" | "aside";

/** Colours a text, or returns it unchanged. */
export type Paint = (meaning: Meaning, text: string) => string;

const styles = {
  passed: "green",
  failed: "red",
  firing: "red",
  pending: "yellow",
  limit: "cyan",
  heading: "bold",
  aside: "dim",
} as const satisfies Record<Meaning, Parameters<typeof styleText>[0]>;

export const coloured: Paint = (meaning, text) => styleText(styles[meaning], text, { validateStream: false });

export const plain: Paint = (_, text) => text;

/**
 * Colours on a terminal, unless NO_COLOR is set.
 * @see https://no-color.org
 */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return stream.isTTY && !process.env.NO_COLOR ? coloured : plain;
}
