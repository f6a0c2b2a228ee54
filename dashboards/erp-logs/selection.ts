/** Streams of the chosen programs. */
export const chosen = '{namespace="$namespace",app=~"$app"}';
