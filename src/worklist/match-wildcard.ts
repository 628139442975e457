/** Wild cards (PS3.4 C.2.2.2.4): * stands for any run of characters, ? for exactly one. */

export type TextTest = (text: string) => boolean;

const ANY_ONE = -1;

/** One character is one code point, however many UTF-16 units it takes. */
function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) as number);
}

/** Without "?" the parts between the stars are plain text and the platform's own searches do. */
function compileStars(parts: readonly string[]): TextTest {
  const first = parts[0] as string;
  const last = parts.at(-1) as string;
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  const shortest = parts.reduce((sum, part) => sum + part.length, 0);
  return (text) => {
    if (text.length < shortest || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let position = first.length;
    for (const part of middle) {
      const found = text.indexOf(part, position);
      if (found === -1) return false;
      position = found + part.length;
    }
    return position <= end;
  };
}

/** The leftmost fit of each part is as good as any other, so going back to the last star is enough. */
function compilePattern(pattern: string): TextTest {
  const wanted = Array.from(pattern, (character) =>
    character === '?' ? ANY_ONE : (character.codePointAt(0) as number),
  );
  const star = '*'.charCodeAt(0);
  return (text) => {
    const characters = codePoints(text);
    let position = 0;
    let index = 0;
    let starIndex = -1;
    let starPosition = 0;
    while (position < characters.length) {
      const want = wanted[index];
      if (want === star) {
        starIndex = index++;
        starPosition = position;
      } else if (want !== undefined && (want === ANY_ONE || want === characters[position])) {
        index++;
        position++;
      } else if (starIndex !== -1) {
        index = starIndex + 1;
        position = ++starPosition;
      } else {
        return false;
      }
    }
    while (wanted[index] === star) index++;
    return index === wanted.length;
  };
}

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** True for a value of stars alone: it equals universal matching (C.2.2.2.4). */
export function isUniversal(text: string): boolean {
  return /^\*+$/.test(text);
}

/** Several stars mean the same as one, and cost as much as there are. */
export function withSingleStars(pattern: string): string {
  return pattern.replace(/\*+/g, '*');
}

/** Compiles a pattern; text without wild cards has to be equal. */
export function compileWildcard(text: string): TextTest {
  const pattern = withSingleStars(text);
  if (pattern.includes('?')) return compilePattern(pattern);
  const parts = pattern.split('*');
  return parts.length === 1 ? (stored) => stored === pattern : compileStars(parts);
}
