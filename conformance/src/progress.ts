import type { Progress } from "./check-image";
import { resultText } from "./reports/text";

/**
 * Prints each result as soon as it is known. On a terminal, the last line is the rule that is being checked.
 *
 * @param print prints the results, or nothing if they are printed in another form
 */
export function progress(print: (text: string) => void): Progress {
  const terminal = process.stderr.isTTY;
  const clear = () => terminal && process.stderr.write("\r\x1b[K");
  return {
    begin(rule, number, count) {
      if (terminal) process.stderr.write(`checking ${rule.name} (${number} of ${count})`);
    },
    end(result) {
      clear();
      print(resultText(result));
    },
  };
}
