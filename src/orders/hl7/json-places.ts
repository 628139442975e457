/** Where in a JSON text its values stand, which JSON.parse does not tell. */

export interface JsonPlace {
  readonly offset: number;
  readonly length: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

interface Container {
  readonly path: readonly string[];
  readonly isArray: boolean;
  /** The name or index of what comes next. */
  next: string;
}

const pathKey = (path: readonly string[]) => JSON.stringify(path);

/**
 * Looks up places in a valid JSON text by the names and indexes that lead to them; the nearest there is, where a place
 * does not exist. A named value is found at its value, an object or array at its name.
 */
export function jsonPlaces(text: string): (path: readonly string[]) => JsonPlace {
  const places = new Map<string, JsonPlace>([[pathKey([]), { offset: 0, length: 1 }]]);
  const open: Container[] = [];
  let name: { readonly text: string; readonly place: JsonPlace } | undefined;
  for (const { 0: token, index: offset } of text.matchAll(TOKEN)) {
    const container = open.at(-1);
    const place = { offset, length: token.length };
    if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (container?.isArray) container.next = String(Number(container.next) + 1);
      name = undefined;
    } else if (token === ':') continue;
    else if (container !== undefined && !container.isArray && name === undefined) {
      name = { text: JSON.parse(token), place };
      container.next = name.text;
    } else {
      const path = container === undefined ? [] : [...container.path, container.next];
      const opens = token === '{' || token === '[';
      places.set(pathKey(path), opens && name !== undefined ? name.place : place);
      if (opens) open.push({ path, isArray: token === '[', next: '0' });
      name = undefined;
    }
  }
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const place = places.get(pathKey(path.slice(0, length)));
      if (place !== undefined) return place;
    }
    return { offset: 0, length: 1 };
  };
}
