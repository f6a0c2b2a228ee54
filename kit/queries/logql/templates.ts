import type { Span } from "../query-finding";

/** A name in a template: the label in `{{ .route | default "none" }}`, or the function. */
export interface TemplateWord extends Span {
  readonly kind: "label" | "function";
  readonly name: string;
}

/** The labels and functions that the templates in a text use. Quoted text in them is plain text. */
export function templateWords(text: string): readonly TemplateWord[] {
  return [...text.matchAll(/\{\{(.*?)\}\}/gs)].flatMap((template) => {
    const [, code = ""] = template;
    const start = template.index + 2;
    const unquoted = code.replace(/"(?:\\.|[^"\\])*"/g, (quoted) => " ".repeat(quoted.length));
    return [...unquoted.matchAll(/(\.?)([A-Za-z_]\w*)/g)]
      .map(([word, dot = "", name = ""], index, all): TemplateWord => {
        const from = start + (all[index]?.index ?? 0);
        return { kind: dot === "." ? "label" : "function", name, from, to: from + word.length };
      })
      .filter(({ kind, name }) => kind === "label" || !keywords.has(name));
  });
}

/** Keywords and functions of Go's templates, which Loki does not list as functions. https://pkg.go.dev/text/template */
const keywords = new Set("if else end range with block template define break continue true false nil".split(" "));

/** https://grafana.com/docs/loki/latest/query/template_functions/ and the functions of Go's templates. */
export const templateFunctions: readonly string[] = [
  ..."ToLower ToUpper Replace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimSpace".split(" "),
  ..."regexReplaceAll regexReplaceAllLiteral count urldecode urlencode bytes duration duration_seconds".split(" "),
  ..."unixEpochMillis unixEpochNanos toDateInZone unixToTime alignLeft alignRight b64enc b64dec".split(" "),
  ..."lower upper title trunc substr contains hasPrefix hasSuffix indent nindent replace repeat".split(" "),
  ..."trim trimAll trimSuffix trimPrefix int float64 add sub mul div mod addf subf mulf divf".split(" "),
  ..."max min maxf minf ceil floor round fromJson date toDate now unixEpoch default".split(" "),
  ..."and or not len index slice print printf println eq ne lt le gt ge html js urlquery call".split(" "),
  // Loki gives templates the line and its time as functions.
  ..."__line__ __timestamp__".split(" "),
];
