import { resolve } from "node:path";
import { readStdout } from "../child";

/** The Python of the environment that a directory's `requirements.txt` describes, which is created if there is none yet. */
export async function pythonOf(directory: string): Promise<string> {
  return `${await readStdout("erp/virtualenv", [resolve(directory, "requirements.txt")])}/bin/python`;
}
