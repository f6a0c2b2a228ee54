import { readFileSync } from "node:fs";
import { CannotRun } from "../cannot-run";

/** The file to which the standard output of the image is written. */
export class LogFile {
  constructor(readonly path: string) {}

  /**
   * The complete lines so far.
   * @throws {CannotRun} if the file cannot be read.
   */
  lines(): readonly string[] {
    try {
      return readFileSync(this.path, "utf8").split("\n").slice(0, -1);
    } catch {
      throw new CannotRun(
        `${this.path} cannot be read. Write the output of the image to it: docker logs --follow erp > ${this.path} 2>&1 &`,
      );
    }
  }
}
