/** The part of the package that tests use. It contains no types. */
declare module "commonmark" {
  export interface Node {
    readonly type: string;
    readonly literal: string | null;
    readonly destination: string | null;
  }
  export class Parser {
    parse(text: string): { walker(): { next(): { readonly entering: boolean; readonly node: Node } | null } };
  }
}
