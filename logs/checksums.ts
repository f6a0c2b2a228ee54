/**
 * Templates that verify checksums, because order numbers and nanoseconds look like card and account numbers. They use
 * functions of sprig: https://masterminds.github.io/sprig/
 */

/**
 * Replaces a number with the mark if its Luhn checksum is valid: every second digit from the right is doubled and its
 * digits are added; the sum is a multiple of 10. ISO/IEC 7812-1, annex B.
 */
export function ifLuhn(mark: string): string {
  return [
    '{{ $digits := .Value | replace " " "" | replace "-" "" | splitList "" }}{{ $sum := 0 }}',
    "{{ range $i, $digit := $digits }}{{ $n := atoi $digit }}",
    "{{ if eq (mod (sub (len $digits) $i) 2) 0 }}{{ $n = mul 2 $n }}{{ if gt $n 9 }}{{ $n = sub $n 9 }}{{ end }}{{ end }}",
    "{{ $sum = add $sum $n }}{{ end }}",
    `{{ if eq (mod $sum 10) 0 }}${mark}{{ else }}{{ .Value }}{{ end }}`,
  ].join("");
}

/**
 * Replaces an account number with the mark if its IBAN checksum is valid: with the first four characters moved to the
 * end and letters replaced by 10 to 35, the number modulo 97 is 1. ISO 13616.
 */
export function ifIban(mark: string): string {
  return [
    '{{ $account := .Value | replace " " "" }}{{ $rest := 0 }}',
    '{{ range printf "%s%s" (substr 4 -1 $account) (substr 0 4 $account) | splitList "" }}',
    '{{ if regexMatch "[A-Z]" . }}{{ $rest = mod (add (mul 100 $rest) (index . 0) -55) 97 }}',
    "{{ else }}{{ $rest = mod (add (mul 10 $rest) (atoi .)) 97 }}{{ end }}{{ end }}",
    `{{ if eq $rest 1 }}${mark}{{ else }}{{ .Value }}{{ end }}`,
  ].join("");
}
