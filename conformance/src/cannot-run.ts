/** The checks cannot run, for a reason that the user can act on. It is printed without a stack trace, with exit code 2. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}
