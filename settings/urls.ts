import { isIP } from "node:net";
import { z } from "zod";
import { message, text } from "./fields";

/** Host names, addresses and URLs, by the rules of the programs that open them. */

/** A DNS name: labels of at most 63 letters, 253 letters in all (RFC 1123). */
const dnsName = /^(?!.{254})[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/i;

/** Host of an Ingress. Kubernetes accepts no upper case and no IP address. */
export const hostName = text(
  dnsName,
  "must be a host name (RFC 1123): labels of at most 63 lower-case letters, digits and dashes",
  "write it without scheme, port and path, such as `erp.example.com`",
).refine((host) => host === host.toLowerCase() && host.includes(".") && isIP(host) === 0, {
  error: message(
    "must be a host name with a domain, in lower case, and not an IP address: Kubernetes accepts no other host of an Ingress",
    "write it without scheme, port and path, such as `erp.example.com`",
  ),
  abort: true,
});

/** Host and port: a DNS name, an IPv4 address, or an IPv6 address in brackets. */
export const hostPort = z
  .string()
  .refine(
    (given) => isAuthority(given) && /:\d+$/.test(given),
    message(
      "must be host:port, with a port from 1 to 65535",
      "write it such as `smtp.example.com:587`, or `[2001:db8::1]:587` with an IPv6 address",
    ),
  )
  .meta({ examples: ["smtp.example.com:587", "192.0.2.1:25", "[2001:db8::1]:587"] });

/** `http://` or `https://` with a host. Other characters than those of RFC 3986 are written with `%`. */
export const httpUrl = z
  .string()
  .refine(
    isHttpUrl,
    message(
      "must be a URL with https:// or http://, a host, and only characters of RFC 3986",
      "write the full URL, such as `https://grafana.example.com`, with `%7B` in place of `{`, for example",
    ),
  )
  .meta({
    examples: [
      "https://erp.example.com",
      "http://[2001:db8::1]:9090/",
      "https://a-1.example.com/b%20c/~d/?e=f&g=(h)#i",
    ],
  });

/** A URL to which a path is appended. */
export const baseUrl = httpUrl.refine(
  (url) => !/[?#]/.test(url),
  message("must have no query and no fragment, because a path is appended to it", "remove the part from `?` or `#`"),
);

const discoveryDocument = /\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/|$)/;

/** A URL that the discovery document of an issuer contains, and not that of the document itself. */
export const issuerUrl = httpUrl.refine(
  (url) => !discoveryDocument.test(url),
  message(
    "must not be the address of the issuer's discovery document",
    "open this address, and copy the value from it",
  ),
);

/** Whether a text is the number of a TCP port. */
export function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** Whether a text is a URL without TLS. A text that is not a URL has a fault of its own. */
export function isPlainHttp(text: string): boolean {
  return text.startsWith("http:") && isHttpUrl(text);
}

/**
 * Whether a text is a URL that Go, Python and browsers read in the same way. `$` is excluded although RFC 3986 allows it,
 * because Grafana replaces variables in links.
 */
function isHttpUrl(given: string): boolean {
  const [, authority = "", rest = ""] = /^https?:\/\/([^/?#]*)(.*)$/.exec(given) ?? [];
  return (
    isAuthority(authority) && /^([-\w.~!&'()*+,;=:@/?#]|%[0-9a-f]{2})*$/i.test(rest) && rest.split("#").length <= 2
  );
}

/** Whether a text is a host, with or without a port. */
function isAuthority(given: string): boolean {
  const [, ipv6, host = "", port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d+))?$/.exec(given) ?? [];
  const hasPort = port === undefined || isPort(port);
  if (ipv6 !== undefined) return isIP(ipv6) === 6 && hasPort;
  // A name that ends in a number is an IPv4 address: WHATWG URL.
  return hasPort && (/(^|\.)\d+$/.test(host) ? isIP(host) === 4 : dnsName.test(host));
}
