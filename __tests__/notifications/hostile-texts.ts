const parts = [
  "Workers of the API: there are none # not a comment",
  "- item, key: [1, {a: b}] & *alias !tag %x",
  "\"double\" 'single' `code` \\ backslash",
  "<b>bold</b> <!channel> <@U012AB3CD> <https://evil.example|link> &amp; *bold* _italic_ ~struck~",
  "${WEB_CONCURRENCY:-1} %{if} {{ .Labels }} {{",
  "tab\tand \u00e9\u2028\u{1f600}",
  "long ".repeat(300).trim(),
];

/** Texts that YAML, JSON, Slack, HTML, shells, and templates of Go and Terraform would interpret. */
export const hostileTexts = {
  summary: parts.slice(0, 5).join(" "),
  /** With lines, of which one begins with a dot, as the end of a mail does. */
  description: [...parts, ".", "last"].join("\n"),
};
