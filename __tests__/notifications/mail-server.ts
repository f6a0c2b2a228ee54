import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

/**
 * A mail server on the loopback address that accepts every mail, without TLS. It understands only the commands that
 * Alertmanager sends. https://www.rfc-editor.org/rfc/rfc5321
 */
export async function mailServer() {
  const mails: string[] = [];
  const server = createServer((socket) => {
    socket.setEncoding("utf8");
    socket.write("220 mail\r\n");
    let input = "";
    socket.on("data", (part) => {
      input = answer(socket, input + part, mails);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { mails, smarthost: `127.0.0.1:${port}`, close: () => server.close() };
}

/** Answers the complete commands. @returns the rest of the input */
function answer(socket: Socket, input: string, mails: string[]): string {
  const [, mail, afterMail] = /^DATA\r\n(.*?)\r\n\.\r\n(.*)$/s.exec(input) ?? [];
  if (mail !== undefined) {
    // The client doubles a dot at the beginning of a line.
    mails.push(mail.replace(/^\./gm, ""));
    socket.write("250 accepted\r\n");
    return answer(socket, afterMail ?? "", mails);
  }
  const [line, command] = /^([A-Z]+).*\r\n/.exec(input) ?? [];
  if (line === undefined) return input;
  if (command === "DATA") {
    if (line === input) socket.write("354 send the mail\r\n");
    return input;
  }
  socket.write(command === "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
  return answer(socket, input.slice(line.length), mails);
}
