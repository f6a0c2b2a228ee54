import type { Drawing } from "../src/facts";

/** A page that is drawn in a browser. */
export interface Order {
  readonly url: string;
  /** Of the window, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The file that the picture of the window is written to. @default no picture is taken */
  readonly picture?: string;
}

/** What came of an order: the facts, or why there are none. */
export type Drawn = { readonly url: string } & ({ readonly drawing: Drawing } | { readonly error: string });
