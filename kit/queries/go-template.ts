import { nearest } from "./nearest";
import { unknownEscape } from "./quoted-text";

/** A fault of a template, in words that name the text that must change. */
export interface TemplateFault {
  readonly rule: string;
  readonly remedy: string;
}

/** The names that a program gives to its templates. */
export interface TemplateNames {
  /** Functions, besides those of Go itself. */
  readonly functions: readonly string[];
  /** Variables that are set before the text, without `$`. @default none */
  readonly variables?: readonly string[];
}

/** What a text defines and uses, and its fault. */
export interface ParsedTemplate {
  /** The first fault that Go finds. @default the text is a valid template */
  readonly fault?: TemplateFault;
  /** Names of the templates that the text defines. */
  readonly defined: readonly string[];
  /** Names of the templates that the text inserts. */
  readonly inserted: readonly string[];
}

/** Parses a text as Go's package `text/template` does. @see https://pkg.go.dev/text/template */
export function parseTemplate(text: string, names: TemplateNames): ParsedTemplate {
  const parser = new Parser(text, names);
  const { defined, inserted } = parser;
  try {
    parser.parse();
    return { defined, inserted };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { fault: error.fault, defined, inserted };
  }
}

/** Functions of Go itself. */
const builtIn = "and call eq ge gt html index js le len lt ne not or print printf println slice urlquery".split(" ");

class Broken extends Error {
  constructor(readonly fault: TemplateFault) {
    super(fault.rule);
  }
}

function refuse(rule: string, remedy: string): never {
  throw new Broken({ rule, remedy });
}

interface Block {
  readonly keyword: string;
  /** Number of variables that exist before the block. */
  readonly variables: number;
  /** Whether the last `else` was read. */
  closing: boolean;
}

class Parser {
  readonly defined: string[] = [];
  readonly inserted: string[] = [];
  private readonly functions: ReadonlySet<string>;
  private readonly variables: string[];
  private readonly blocks: Block[] = [];
  private tokens: string[] = [];
  /** The action that is being read, as it is written. */
  private action = "";

  constructor(
    private readonly text: string,
    { functions, variables = [] }: TemplateNames,
  ) {
    this.functions = new Set([...builtIn, ...functions]);
    this.variables = ["$", ...variables.map((name) => `$${name}`)];
  }

  parse(): void {
    let from = this.text.indexOf("{{");
    while (from >= 0) {
      const length = this.readAction(this.text.slice(from));
      from = this.text.indexOf("{{", from + length);
    }
    const open = this.blocks.at(-1);
    if (open) refuse(`{{ ${open.keyword} }} has no {{ end }}`, "add {{ end }}");
  }

  /** Reads the action at the start of a text. @returns its length */
  private readAction(text: string): number {
    const comment = /^\{\{(- )?\/\*.*?\*\/( -)?\}\}/s.exec(text);
    if (comment) return comment[0].length;
    const tokens: string[] = [];
    let at = /^\{\{-\s/.test(text) ? 3 : 2;
    for (;;) {
      const rest = text.slice(at);
      const end = /^(?:\s+-)?\}\}/.exec(rest);
      if (end) {
        at += end[0].length;
        break;
      }
      const [token] =
        /^(?:\s+(?!-\}\})|:=|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+'|[$.]?[\p{L}_][\p{L}\d_]*|[-+]?\.?\d[\w.+-]*|[$.|(),=])/u.exec(
          rest,
        ) ?? [];
      if (token === undefined) this.refuseCharacter(text, rest);
      // A space separates the operands of a command, and the parts of a chain have none between them.
      tokens.push(/^\s/.test(token) ? " " : token);
      at += token.length;
    }
    this.action = text.slice(0, at);
    this.tokens = tokens;
    this.readTokens();
    return at;
  }

  private refuseCharacter(text: string, rest: string): never {
    const [line = ""] = text.split("\n");
    if (rest === "" || !/\}\}/.test(rest)) refuse(`${line.slice(0, 40)} is not closed`, "close it with }}");
    if (/^["'`]/.test(rest)) refuse(`${line.slice(0, 40)} has an unterminated quotation`, "close the quotation");
    refuse(`${line.slice(0, 40)} has an unexpected ${rest.charAt(0)}`, "remove it, or put the text in quotes");
  }

  private readTokens(): void {
    this.skipSpace();
    const [word = ""] = this.tokens;
    if (/^(if|with|range|define|block|template|else|end|break|continue)$/.test(word)) this.tokens.shift();
    switch (word) {
      case "if":
      case "with":
      case "range":
        this.open(word);
        this.pipeline(word);
        break;
      case "define":
      case "block":
        if (word === "define" && this.blocks.length > 0)
          refuse(`${this.action} is inside a block`, "move it to the start");
        this.defined.push(this.name());
        this.open(word);
        if (word === "block") this.pipeline(word);
        break;
      case "template":
        this.inserted.push(this.name());
        this.skipSpace();
        if (this.tokens.length > 0) this.pipeline(word);
        break;
      case "else":
        this.otherwise();
        break;
      case "end":
        this.close();
        break;
      case "break":
      case "continue":
        if (!this.blocks.some(({ keyword }) => keyword === "range"))
          refuse(`${this.action} is outside {{ range }}`, "remove it");
        break;
      default:
        this.pipeline("command");
    }
    this.end();
  }

  private open(keyword: string): void {
    this.blocks.push({ keyword, variables: this.variables.length, closing: false });
  }

  private close(): void {
    const block = this.blocks.pop();
    if (!block) refuse(`${this.action} closes nothing`, "remove it");
    this.variables.length = block.variables;
  }

  private otherwise(): void {
    const block = this.blocks.at(-1);
    if (!block || block.closing || /^(define|block)$/.test(block.keyword))
      refuse(`${this.action} belongs to no {{ if }}`, "remove it");
    this.skipSpace();
    const word = this.tokens[0];
    if (word === undefined) {
      block.closing = true;
      return;
    }
    if (word !== "if" && word !== "with")
      refuse(`${this.action} is not complete`, "write {{ else }} or {{ else if … }}");
    this.tokens.shift();
    this.pipeline(word);
  }

  private name(): string {
    this.skipSpace();
    const token = this.tokens.shift() ?? "";
    if (!/^["`]/.test(token)) refuse(`${this.action} names no template`, "write the name in quotes");
    return token.slice(1, -1);
  }

  private end(): void {
    this.skipSpace();
    if (this.tokens.length > 0) refuse(`${this.action} has an unexpected ${this.tokens[0]}`, "remove it");
  }

  private skipSpace(): void {
    while (this.tokens[0] === " ") this.tokens.shift();
  }

  private pipeline(context: string): void {
    this.declarations(context);
    this.commands(context);
  }

  /** `$a :=`, `$a =`, or `$a, $b :=` in a range. */
  private declarations(context: string): void {
    const text = this.tokens.filter((token) => token !== " ");
    const assignment = text.findIndex((token) => token === ":=" || token === "=");
    if (assignment < 0) return;
    const names = text.slice(0, assignment).filter((token) => token !== ",");
    if (names.length === 0 || names.length > (context === "range" ? 2 : 1) || names.some((one) => !one.startsWith("$")))
      refuse(`${this.action} assigns to no variable`, "write it such as {{ $pod := $labels.pod }}");
    if (text[assignment] === ":=") this.variables.push(...names);
    else for (const name of names) this.knownVariable(name);
    this.tokens = this.tokens.slice(this.tokens.indexOf(text[assignment] ?? "") + 1);
  }

  /** Commands joined by `|`, up to the end or to a closing bracket. */
  private commands(context: string): void {
    for (let place = 0; ; place++) {
      const operands = this.operands();
      if (operands.length === 0) refuse(`${this.action} lacks a value`, `write the value of the ${context}`);
      const [first = ""] = operands;
      if (place > 0 && /^["'`\d+-]|^(true|false|nil|\.)$/.test(first))
        refuse(`${this.action}: ${first} is not a function`, "write a function after the |");
      if (this.tokens[0] !== "|") return;
      this.tokens.shift();
    }
  }

  private operands(): string[] {
    const found: string[] = [];
    for (this.skipSpace(); this.tokens.length > 0; this.skipSpace()) {
      const token = this.tokens[0] ?? "";
      if (token === "|" || token === ")") return found;
      this.tokens.shift();
      found.push(token);
      this.operand(token);
      while (this.tokens[0]?.startsWith(".")) this.field(this.tokens.shift() ?? "");
    }
    return found;
  }

  private field(token: string): void {
    if (!/^\.[\p{L}_]/u.test(token))
      refuse(`${this.action} has an unexpected ${token}`, "write the name of a field after the dot");
  }

  private operand(token: string): void {
    const unknown = /^["']/.test(token) ? unknownEscape(token) : undefined;
    if (unknown !== undefined)
      refuse(`${this.action} has the unknown escape sequence ${unknown}`, `write \\${unknown}`);
    if (/^'[^'\\]{2,}'$/.test(token)) refuse(`${this.action} has a text in single quotes`, "write it in double quotes");
    if (/^[-+.]?\d/.test(token) && Number.isNaN(Number(token.replaceAll("_", ""))))
      refuse(`${this.action} has the number ${token}`, "correct the number");
    if (token === "(") {
      this.commands("bracket");
      if (this.tokens.shift() !== ")") refuse(`${this.action} has an open bracket`, "close it");
    } else if (token.startsWith("$")) this.knownVariable(token);
    else if (/^[,=]|:=/.test(token)) refuse(`${this.action} has an unexpected ${token}`, "remove it");
    else if (/^[\p{L}_]/u.test(token) && !/^(true|false|nil)$/.test(token)) this.knownFunction(token);
  }

  private knownVariable(name: string): void {
    if (this.variables.includes(name)) return;
    refuse(`${this.action} reads the variable ${name}, which is not set`, `use one of ${this.variables.join(", ")}`);
  }

  private knownFunction(name: string): void {
    if (this.functions.has(name)) return;
    const near = nearest(name, [...this.functions]);
    refuse(
      `${this.action} calls "${name}", which is no function`,
      near ? `did you mean ${near}?` : "use a function of these templates",
    );
  }
}
