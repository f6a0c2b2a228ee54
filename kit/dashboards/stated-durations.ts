const numbers: Readonly<Record<string, number>> = {
  "half an": 0.5,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

const duration = new RegExp(
  `(?:(?<number>\\d+) ?|\\b(?<word>${Object.keys(numbers).join("|")})[ -])(?<unit>s|m|h|d|w)(?:|econds?|in|inutes?|ours?|ays?|eeks?)\\b` +
    "|\\b(?<half>half )?(?<alone>second|minute|hour|day|week)\\b",
  "gi",
);

/** The durations that a text states, in seconds: `in the last ten minutes`, `per hour`, `30 min`, `half an hour`. */
export function statedDurations(text: string): ReadonlySet<number> {
  const found = [...text.matchAll(duration)].map(({ groups: { number, word, unit, half, alone } = {} }) => {
    const [size] = (unit ?? alone ?? "").toLowerCase();
    const many = word ? numbers[word.toLowerCase()] : Number(number ?? (half ? 0.5 : 1));
    return (many ?? 0) * (seconds[size ?? ""] ?? 0);
  });
  return new Set(found);
}
