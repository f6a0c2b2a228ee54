import { isPort } from "../../settings/urls";

/**
 * The rules that the value of a Secret breaks as the URL of a server, as phrases that contain no part of the value. Some
 * programs accept such values, and then use another host or password. Programs in Go refuse them, and repeat the
 * password in their message. The reference ERP has the same rules in `erp/app/core/secret_url.py`.
 *
 * @param schemes possible schemes, such as `redis`; without them, every scheme is accepted
 */
export function urlFaults(value: string, schemes?: readonly string[]): readonly string[] {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/s.exec(value.trim()) ?? [];
  if (scheme === undefined || schemes?.includes(scheme) === false) {
    const starts = schemes?.map((one) => `${one}://`).join(" or ") ?? "a scheme, such as https://";
    return [...spaceFaults(value), `must start with ${starts}`];
  }
  const unescaped = unescapedFault(rest);
  return [...spaceFaults(value), ...(unescaped ? [unescaped] : addressFaults(rest))];
}

/** The rules about white space, which programs interpret as a part of the value. */
export function spaceFaults(value: string): readonly string[] {
  const around = value !== value.trim();
  return [
    ...(around ? ["must not start or end with white space, such as the line break that `echo` adds"] : []),
    ...(/[\s\p{Cc}]/u.test(value.trim()) ? ["must not contain white space"] : []),
  ];
}

/** The rule about characters of user and password that end them too early, or that no URL may contain. */
function unescapedFault(rest: string): string | undefined {
  const [, authority = "", path = "", query = "", fragment = ""] = /^([^/?#]*)([^?#]*)([^#]*)(.*)$/s.exec(rest) ?? [];
  const endsEarly = `${path}${fragment}`.includes("@") || (query.includes("@") && !authority.includes("@"));
  const all = endsEarly ? rest : authority;
  const credentials = all.slice(0, Math.max(0, all.lastIndexOf("@")));
  // RFC 3986: unreserved characters and delimiters that have no meaning before the host.
  const found = new Set(credentials.match(/[^\w\-.~!$&'()*+,;=:%\s]/gu));
  if (fragment !== "") found.add("#");
  if (/%(?![0-9A-Fa-f]{2})/.test(rest)) found.add("%");
  const escapes = [...found]
    .sort()
    .map((one) => (/^[!-~]$/.test(one) ? `\`${one}\` as \`${percent(one)}\`` : undefined));
  if (escapes.length === 0) return undefined;
  const named = escapes.filter((one) => one !== undefined);
  const others = named.length < escapes.length ? ["letters outside of ASCII as bytes of UTF-8, such as `%C3%BC`"] : [];
  return `must contain ${[...named, ...others].join(" and ")} in user and password`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The rules about everything before the path. A URL of PostgreSQL may name several hosts. */
function addressFaults(rest: string): readonly string[] {
  const [authority = ""] = rest.split(/[/?#]/);
  const [, credentials, address = ""] = /^(?:(.*)@)?(.*)$/s.exec(authority) ?? [];
  const hosts = address.split(",").map((one) => /^(\[.*\]|[^:]*)(?::(.*))?$/s.exec(one) ?? []);
  return [
    ...(credentials === "" || /^[^:]*:$/.test(credentials ?? "")
      ? ["must not have an empty password before the host"]
      : []),
    ...(hosts.every(([, host]) => host) ? [] : ["must contain a host"]),
    ...(hosts.every(([, , port]) => port === undefined || isPort(port))
      ? []
      : ["must have a port between 1 and 65535"]),
  ];
}
