import { pageFacts } from "../commands/words/page-facts";
import { fileFaults } from "../commands/words/word-faults";

describe("unused words", () => {
  const found = (path: string, text: string) => fileFaults(path, text).map(({ place, rule }) => `${place} ${rule}`);

  test.each([
    ["a paragraph, also across lines", "a.md", "# A\n\nIt\ngoes\non, as before.", ['a.md:4 does not use "goes on"']],
    [
      "an item of a list",
      "a.md",
      "1. It is told.\n   - It says so.",
      ['a.md:1 does not use "told"', 'a.md:2 does not use "says"'],
    ],
    ["the text of a link", "a.md", "[what it says](a.md)", ['a.md:1 does not use "says"']],
    [
      "a comment",
      "a.ts",
      "/**\n * It stands\n * for more.\n */\nconst a = 1; // it says",
      ['a.ts:2 does not use "stands for"', 'a.ts:5 does not use "says"'],
    ],
    ["a string", "a.ts", 'print("it is\\n told");', ['a.ts:2 does not use "told"']],
    ["parts of a template", "a.ts", "f(`it ${x} says so`);", ['a.ts:1 does not use "says"']],
    [
      "a string of Python",
      "a.py",
      'raise E("it says so")  # told',
      ['a.py:1 does not use "says"', 'a.py:1 does not use "told"'],
    ],
    ["a docstring", "a.py", 'def f():\n    """Is\n    told."""', ['a.py:3 does not use "told"']],
    [
      "a comment in YAML",
      "a.yml",
      "# it says\na: 1 # told\n",
      ['a.yml:1 does not use "says"', 'a.yml:2 does not use "told"'],
    ],
    [
      "a comment in Go",
      "a.go",
      "// It says.\nx := 1 // told",
      ['a.go:1 does not use "says"', 'a.go:2 does not use "told"'],
    ],
  ])("are found in %s", (_, path, text, expected) => {
    expect(found(path, text)).toEqual(expected);
  });

  test.each([
    ["backticks", "a.md", "The option `what it says` does.\n\n```sh\necho it says\n```"],
    ["quotation marks", "a.md", 'The log contains "it says\nso" twice.'],
    ["the target of a link", "a.md", "[a](what-it-says.md) and https://a.example/it-says"],
    ["names in code", "a.ts", 'import { says } from "./says";\nsays(told);\nconst a = "told";'],
    ["quotations in a comment", "a.ts", '// Prometheus prints "it says" and `says`.\n'],
    ["a regular expression", "a.ts", "const a = /it says/;"],
    ["values of YAML", "a.yml", "a: it says so\n"],
    ["data", "a.json", '{ "a": "it says" }'],
    ["another word", "a.md", "The shell, a soothsayer-says and a hold-up."],
  ])("are not searched in %s", (_, path, text) => {
    expect(found(path, text)).toEqual([]);
  });

  test("are printed with the words around them and with what to write", () => {
    expect(fileFaults("a.md", "The page says when it happens.")).toEqual([
      {
        place: "a.md:1",
        value: "The page says when it happens.",
        rule: 'does not use "says"',
        remedy: "write states, shows, contains, prints",
      },
    ]);
  });
});

test("the facts of a page are its figures, code, links and names", () => {
  const page = [
    "After ten minutes, 85 % of `maxmemory` is used: see [the limit](limits.md#redis) and RedisDown.",
    "A block begins with ```` ```promql ```` alone on a line.",
    "",
    "```promql",
    "up == 0",
    "```",
  ].join("\n");
  expect([...pageFacts(page)].sort()).toEqual(
    ["10 minute", "85 %", "RedisDown", "```promql", "limits.md#redis", "maxmemory", "up == 0"].sort(),
  );
});
