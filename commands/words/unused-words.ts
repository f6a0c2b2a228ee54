/** A word or phrase that the project does not use, because a reader has to decode it. */
export interface UnusedWord {
  /** The word with its forms, as a regular expression that ignores case. */
  readonly words: string;
  /** The usual words for the same. */
  readonly instead: string;
}

/** A sentence that needs one of the words. */
export interface Exception {
  readonly path: string;
  /** Part of the sentence, with the word. */
  readonly text: string;
  /** Why no other word fits. */
  readonly reason: string;
}

/** `docs/style.md` describes how the project writes; this list contains the words that would come back without a check. */
export const unusedWords: readonly UnusedWord[] = [
  { words: "told|tells|telling", instead: "states, shows, reports, notifies, or the name of what happens" },
  { words: "says|said|saying", instead: "states, shows, contains, prints" },
  { words: "speaks? (?:of|for)|spoken of", instead: "mentions, describes, names" },
  { words: "tale|tales|mood|moods", instead: "story, scenario; state, severity" },
  { words: "giv(?:es?|en|ing) way|gave way", instead: "is replaced, is skipped; resolve the conflict" },
  { words: "lets? go(?: of)?|letting go", instead: "skips, releases, ignores" },
  { words: "stands? for|standing for|stood for", instead: "represents, replaces, means" },
  { words: "held to|holds? to|held against|holds? against", instead: "is compared with, is checked against" },
  { words: "held together|holds? together", instead: "compares" },
  { words: "takes? (?:it|them) for|(?:is|are|be|been) taken for", instead: "interprets as" },
  { words: "l(?:ays?|aid|aying) down", instead: "create, write" },
  { words: "(?:goes|go|went|gone|going) on(?= (?:with|from|until|as|when|after|where)|[.,;:])", instead: "continues" },
  { words: "thereof|therein|thereby|therefrom|thereto|whereof|wherein|whereby|herein|hereby", instead: "a name" },
  { words: "whoever|whosoever|whomever|whence|hence|hither|thither|lest", instead: "a noun; so" },
  { words: "at hand", instead: "available, installed" },
  { words: "begun", instead: "started" },
  { words: "shall|ought", instead: "must, should" },
  { words: "(?:has|have|had) not (?:the|a|an|any)", instead: "does not have" },
  { words: "(?:has|have) neither", instead: "has no … and no …" },
  { words: "needs? not|knows? not|knows? nothing|does? nothing of", instead: "does not need, does not know" },
  { words: "is of (?:use|no use|nothing|none)|are of nothing", instead: "is useful, is used" },
  { words: "comes? of (?:it|this|that)", instead: "results from" },
  { words: "looks? ill|is ill|are ill", instead: "signals a problem, is unhealthy" },
  { words: "does? harm|did harm|harmed|unharmed", instead: "disrupts, damages" },
  { words: "be(?:falls?|fell)|befitting|bereft|beheld?", instead: "happens; a usual word" },
  {
    words: "for want of|by virtue of|in lieu of|save for",
    instead: "because … is missing; because of; in place of; except",
  },
  { words: "is there to|are there to", instead: "the purpose as a verb" },
  { words: "mends?|mended|mending", instead: "repair, fix" },
  { words: "awaited", instead: "expected, waited for" },
];

export const exceptions: readonly Exception[] = [
  {
    path: "docs/verified-live.md",
    text: "a container that was killed for want of memory",
    reason: "the record of a test quotes the description of a panel at that time",
  },
];
