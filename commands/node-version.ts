/** A version of Node that still works, but that receives no security fixes. */
const ended = "20";

/** @returns advice about a version of Node such as `20.20.2`; undefined if the version needs none. */
export function nodeVersionAdvice(version: string): string | undefined {
  if (!version.startsWith(`${ended}.`)) return undefined;
  return `Node ${ended} receives no more security fixes: use Node 24. The next major version of this project needs at least 22.`;
}
