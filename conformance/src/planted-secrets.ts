import { randomBytes } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";

/** A secret that a request contains and that no log line and no event may contain. */
export interface PlantedSecret {
  /** Kind of the secret and its place in the request. */
  readonly what: string;
  readonly value: string;
  /** The request that contains it. */
  readonly sent: {
    readonly method: "GET" | "POST";
    /** Path and query, without the random start of the path. */
    readonly path: string;
    readonly headers: OutgoingHttpHeaders;
    /** The JSON document in the body. @default no body */
    readonly body?: object;
  };
}

/** Secrets that are different in each run, so that an older line of the log is not blamed on this run. */
export function plantedSecrets(): readonly PlantedSecret[] {
  const random = () => randomBytes(9).toString("hex");
  const [password, token, cookie, query, body, user] = [random(), random(), random(), random(), random(), random()];
  const card = `4111${digits(11)}`;
  const get = (path: string, headers: OutgoingHttpHeaders = {}) => ({ method: "GET" as const, path, headers });
  return [
    secret("password in the query", password, get(`/login?password=${password}`)),
    secret("e-mail address in the path", `${user}@example.com`, get(`/users/${user}@example.com`)),
    secret("card number in the path", card + checkDigit(card), get(`/cards/${card}${checkDigit(card)}`)),
    secret("API key in the path", `sk_live_${query}`, get(`/keys/sk_live_${query}`)),
    secret("bearer token", token, get("/bearer", { Authorization: `Bearer ${token}` })),
    secret("cookie", cookie, get("/cookie", { Cookie: `session=${cookie}` })),
    secret("password in the body", body, {
      method: "POST",
      path: "/login",
      headers: { "Content-Type": "application/json" },
      body: { password: body },
    }),
  ];
}

function secret(what: string, value: string, sent: PlantedSecret["sent"]): PlantedSecret {
  return { what, value, sent };
}

function digits(count: number): string {
  return Array.from(randomBytes(count), (byte) => byte % 10).join("");
}

/** The last digit of a card number by Luhn's formula: https://www.iso.org/standard/70484.html, annex B. */
function checkDigit(digitsBefore: string): string {
  const sum = [...digitsBefore].reverse().reduce((total, character, index) => {
    const digit = Number(character) * (index % 2 === 0 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
