/**
 * The text that Telegram shows, and the addresses of its links, by the description of its mode HTML.
 * https://core.telegram.org/bots/api#html-style
 *
 * @throws if the text contains a tag other than bold and links, or an entity that Telegram does not know
 */
export function readTelegram(html: string): { readonly text: string; readonly links: readonly string[] } {
  const links: string[] = [];
  const shown = html.replaceAll(/<(.*?)>/gs, (_, tag: string) => {
    const [, address] = /^a href="([^"]*)"$/.exec(tag) ?? [];
    if (address !== undefined) links.push(decode(address));
    else if (!["b", "/b", "/a"].includes(tag)) throw new Error(`not a tag of ours: ${tag}`);
    return "";
  });
  return { text: decode(shown), links };
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

function decode(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (entity, number?: string, name = "") => {
    const character = number === undefined ? named[name] : String.fromCodePoint(Number(number));
    if (character === undefined) throw new Error(`not an entity of Telegram: ${entity}`);
    return character;
  });
}
