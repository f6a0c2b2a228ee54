/** The rule cannot be checked because of something that another rule reports. */
export class NotChecked extends Error {
  override readonly name = "NotChecked";
}
