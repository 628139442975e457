/** Other spellings of characters that a set lacks: the composed form, or the same sign under another number. */

/** Conversion tables disagree on these: the standards' choice and Microsoft's, each for the other. */
const SAME_SIGN: ReadonlyMap<string, string> = new Map(
  [
    ['\u301c', '\uff5e'], // wave dash, full-width tilde
    ['\u2016', '\u2225'], // double vertical line, parallel to
    ['\u2212', '\uff0d'], // minus, full-width hyphen-minus
    ['\u00a2', '\uffe0'], // cent
    ['\u00a3', '\uffe1'], // pound
    ['\u00ac', '\uffe2'], // not sign
    ['\u2014', '\u2015'], // em dash, horizontal bar
    ['\u00b7', '\u30fb'], // middle dot, katakana middle dot
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

/**
 * A character with its marks, or the two or three letters of a decomposed Hangul syllable. The bound keeps the sorting
 * of marks linear; no writing system stacks as many.
 */
const CLUSTER = /[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|.\p{M}{0,30}/gsu;

/** The text with lost characters respelt where that makes them writable; all else is left alone. */
export function respell(text: string, lost: readonly string[], canWrite: (character: string) => boolean): string {
  const missing = new Set(lost);
  const known = new Map<string, boolean>();
  const isWritable = (character: string) => {
    const answer = known.get(character) ?? canWrite(character);
    known.set(character, answer);
    return answer;
  };
  return text.replace(CLUSTER, (cluster) => {
    if (!Array.from(cluster).some((character) => missing.has(character))) return cluster;
    const characters = Array.from(cluster.normalize('NFC'), (character) =>
      isWritable(character) ? character : (SAME_SIGN.get(character) ?? character),
    );
    return characters.every(isWritable) ? characters.join('') : cluster;
  });
}
