import { z } from "zod";
import { message } from "./fields";

/**
 * Program and arguments. No shell is started. Kubernetes replaces `$(NAME)` with the environment variable, and `$$` with
 * `$`. Every other text reaches the program unchanged.
 */
export const command = z
  .array(z.string())
  .min(1)
  .refine(
    ([program]) => program === undefined || !/^$|\S\s+\S/.test(program),
    message(
      "must begin with the program as a word of its own: no shell divides a text into words",
      "write each word as an entry of the list, such as `celery`, `--app`, `app.worker`, `worker`",
    ),
  )
  .refine(
    (words) => !words.some((word) => /^--[a-zA-Z][-\w]*\s+\S/.test(word)),
    message(
      "must have each option and its value in two entries, or with `=` between them: no shell divides them",
      "write them such as `--port`, `8000`, or as `--port=8000`",
    ),
  )
  .refine(
    (words) => !words.some((word) => /^(&&|\|\|?|;|>>?|<|2>&1)$/.test(word)),
    message(
      "must be the command of one program: no shell interprets `&&`, `||`, `|`, `;`, `<` and `>`",
      "do this in the image, or write `sh`, `-c` and the whole line as one text",
    ),
  );
