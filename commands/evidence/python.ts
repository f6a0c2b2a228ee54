import { resolve } from "node:path";
import { readStdout } from "../child";

/**
 * Path of the Python in the virtual environment of a directory's `requirements.txt`, which is created if it is missing.
 */
export async function pythonOf(directory: string): Promise<string> {
  return `${await readStdout("erp/virtualenv", [resolve(directory, "requirements.txt")])}/bin/python`;
}
