/** Code in a line of Markdown: between as many backticks as it begins with. The second group is the code. */
export const codeSpan = /(?<!`)(`+)(?!`)([\s\S]+?)(?<!`)\1(?!`)/g;

/** A block of code between two lines with three backticks. The second group is the code. */
export const codeBlock = /^( *)```[^\n]*\n([\s\S]*?)^\1```$/gm;
