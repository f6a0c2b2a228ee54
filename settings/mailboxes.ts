import { z } from "zod";
import { message } from "./fields";

/** Mail addresses as Go's `net/mail` parses them (RFC 5322): `a@b`, or `Name <a@b>`. */

const address = /^[^\s@<>,;:"()[\]\\]+@[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/i;
/** A name needs quotation marks if it contains a character that RFC 5322 uses for something else. */
const displayName = /^("([^"\\]|\\.)*"|[^\s"(),:;<>@[\]\\]+(\s+[^\s"(),:;<>@[\]\\]+)*)$/;

const single = "write it such as `platform@example.com`, or `ERP alerts <alerts@example.com>`";
const several = "write it such as `platform@example.com`, and separate several with commas";

/** One mailbox. */
export const mailbox = z
  .string({ error: message("must be an e-mail address", single) })
  .refine(isMailbox, message("must be an e-mail address", single))
  .meta({
    examples: ["platform@example.com", "ERP alerts <alerts@example.com>", '"Shop, Berlin" <a.b+c@example.com>'],
  });

/** One or several mailboxes, separated by commas. */
export const mailboxes = z
  .string({ error: message("must be an e-mail address, or several with commas between them", several) })
  .refine(
    (given) => splitList(given).every(isMailbox),
    message("must be an e-mail address, or several with commas between them", several),
  )
  .meta({ examples: ["platform@example.com", 'ERP alerts <a@example.com>, "Shop, Berlin" <b@example.com>'] });

function isMailbox(given: string): boolean {
  const [, name, inBrackets] = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(given) ?? [];
  if (inBrackets === undefined) return address.test(given.trim());
  return address.test(inBrackets) && (name === "" || displayName.test(name ?? ""));
}

/** Splits at the commas outside of quotation marks. */
function splitList(given: string): string[] {
  return given.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
}
