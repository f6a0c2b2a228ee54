import { userInfo } from "node:os";
import { child } from "../child";

/** Who plans the work: the author of commits on this machine, as git knows them, or the user of the system. */
export async function author(): Promise<string> {
  const { code, stdout } = await child("git", ["var", "GIT_AUTHOR_IDENT"]).catch(() => ({ code: 1, stdout: "" }));
  const [, name] = /^(.+?) \d+ [+-]\d{4}$/.exec(stdout.trim()) ?? [];
  return code === 0 && name !== undefined ? name : userInfo().username;
}
