import { writeFileSync } from "node:fs";
import sharp from "sharp";

/** Maximum size of a picture in bytes: each dashboard has two, and git keeps every version. */
const most = 60 * 1024;

/** Writes a picture with as many colours as fit into the maximum size. */
export async function palettePng(png: Buffer, path: string): Promise<void> {
  for (const colours of [256, 128, 64, 32, 24, 16, 12, 8]) {
    const written = await sharp(png).png({ palette: true, colours, dither: 0, effort: 10 }).toBuffer();
    if (written.length <= most) return writeFileSync(path, written);
  }
  throw new Error(`${path} does not fit into ${most} bytes with 8 colours: draw a smaller part of the page`);
}
