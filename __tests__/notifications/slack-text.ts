/**
 * The text that Slack shows, and the addresses of its links, by Slack's description of its parser: `<…>` is a link or a
 * command, and three entities are characters. https://docs.slack.dev/messaging/formatting-message-text
 *
 * @throws if the text contains a command or a mention, such as `<!channel>`
 */
export function readSlack(text: string): { readonly text: string; readonly links: readonly string[] } {
  const links: string[] = [];
  const shown = text.replaceAll(/<(.*?)>/gs, (_, inner: string) => {
    const [address = "", label] = inner.split("|");
    if (!/^https?:/.test(address)) throw new Error(`not a link: ${inner}`);
    links.push(decode(address));
    return label ?? address;
  });
  return { text: decode(shown), links };
}

function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
