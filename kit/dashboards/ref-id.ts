/** The letter of a panel's query, by its place in their order. */
export function refIdAt(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}
