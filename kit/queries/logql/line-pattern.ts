/** A fault of a pattern with captures, such as `<method> <path> <_>`. */
export interface PatternFault {
  readonly rule: string;
  readonly remedy: string;
}

const separate = {
  rule: "two captures must have text between them",
  remedy: "join the captures, or put text between them",
};

/**
 * The reason for which Loki refuses a pattern of the parser `pattern`; undefined if it is valid.
 * @see https://grafana.com/docs/loki/latest/query/log_queries/#pattern
 */
export function parserPatternFault(pattern: string): PatternFault | undefined {
  const named = capturesIn(pattern).filter((name) => name !== "_");
  const repeated = named.find((name, index) => named.indexOf(name) < index);
  if (named.length === 0) return { rule: "`pattern` needs a named capture", remedy: "name a part, such as <user>" };
  if (areAdjacent(pattern)) return separate;
  if (repeated === undefined) return undefined;
  return { rule: `the capture <${repeated}> must not be repeated`, remedy: "rename one of them, or write <_>" };
}

/**
 * The reason for which Loki refuses a pattern of the filters `|>` and `!>`; undefined if it is valid.
 * @see https://grafana.com/docs/loki/latest/query/log_queries/#pattern-match-filter-operators
 */
export function filterPatternFault(pattern: string): PatternFault | undefined {
  const [named] = capturesIn(pattern).filter((name) => name !== "_");
  if (areAdjacent(pattern)) return separate;
  if (named === undefined) return undefined;
  return { rule: `a filter must not name the capture <${named}>`, remedy: "write <_>" };
}

const capture = /<([a-zA-Z_]\w*)>/g;

function capturesIn(pattern: string): readonly string[] {
  return [...pattern.matchAll(capture)].map(([, name = ""]) => name);
}

function areAdjacent(pattern: string): boolean {
  return new RegExp(`${capture.source}${capture.source}`).test(pattern);
}
