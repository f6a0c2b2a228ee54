import type { Drawing } from "../src/facts";

/** A page to draw in a browser. */
export interface Order {
  readonly url: string;
  /** Size of the window, in pixels. */
  readonly width: number;
  readonly height: number;
  /** File for the picture of the window. @default no picture is taken */
  readonly picture?: string;
}

/** The result of an order: the facts of the drawing, or the error. */
export type DrawnPage = { readonly url: string } & ({ readonly drawing: Drawing } | { readonly error: string });
