import { colorManipulator } from "@grafana/data";
import type { ValueFacts } from "../facts";

/** A CSS colour as `#rrggbb`, without its transparency. Empty if it is none. */
export function hexColour(colour: string): string {
  try {
    const hex = colorManipulator.asHexString(colour);
    return /^#[0-9a-f]{6}/i.test(hex) ? hex.slice(0, 7).toLowerCase() : "";
  } catch {
    return "";
  }
}

/** The meaning of a colour by its hue, because each theme has its own shades. */
export function meaningOf(hex: string): ValueFacts["means"] {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  if (!hex || high - low < 0.25) return "none";
  const hue = hueOf(red, green, blue, high, high - low);
  if (hue < 20 || hue > 335) return "act";
  if (hue < 65) return "watch";
  return hue < 170 ? "well" : "none";
}

/** In degrees: red is 0, yellow 60, green 120, blue 240. */
function hueOf(red: number, green: number, blue: number, high: number, range: number): number {
  if (high === red) return (60 * ((green - blue) / range) + 360) % 360;
  return high === green ? 60 * ((blue - red) / range + 2) : 60 * ((red - green) / range + 4);
}
