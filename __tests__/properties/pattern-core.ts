/**
 * A pattern without its look-aheads, look-behinds and flags, which fast-check cannot generate text for. The new pattern
 * matches more texts than the given one, except that it distinguishes upper and lower case.
 */
export function withoutAssertions({ source }: RegExp): RegExp {
  let text = "";
  for (let index = 0; index < source.length; ) {
    const end = /^\(\?<?[=!]/.test(source.slice(index)) ? groupEnd(source, index) : tokenEnd(source, index);
    if (!isAssertion(source, index)) text += source.slice(index, end);
    index = end;
  }
  return new RegExp(text);
}

function isAssertion(source: string, index: number): boolean {
  return /^\(\?<?[=!]/.test(source.slice(index));
}

/** The end of a character, of an escaped one, or of a class. */
function tokenEnd(source: string, index: number): number {
  const [token = ""] = /^(\\.|\[(\\.|[^\]])*\]|.)/s.exec(source.slice(index)) ?? [];
  return index + token.length;
}

/** The end of the group that begins at the index. */
function groupEnd(source: string, index: number): number {
  let depth = 0;
  for (let at = index; at < source.length; at = tokenEnd(source, at)) {
    if (source[at] === "(") depth += 1;
    if (source[at] === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return source.length;
}
