/** The label whose value an entry of `causedBy` takes as the cause, as in `{{ $labels.dependency }}`. */
export function labelOf(causedBy: string): string | undefined {
  return causedBy.match(/^{{ \$labels\.(\w+) }}$/)?.[1];
}
