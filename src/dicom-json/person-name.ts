/** Person names in DICOM JSON: an object of the component groups (PS3.18 F.2.2, PS3.5 6.2). */

const GROUP_NAMES: readonly string[] = ['Alphabetic', 'Ideographic', 'Phonetic'];

/** The JSON of a name; undefined where it has more groups than DICOM JSON names. */
export function personNameJson(name: string): string | undefined {
  const groups = name.split('=');
  if (groups.length > GROUP_NAMES.length) return undefined;
  const members = groups.map((group, index) => {
    // An empty group is left out, but the last one tells how many there were.
    const wanted = group !== '' || (index === groups.length - 1 && index > 0);
    return wanted ? `"${GROUP_NAMES[index]}":${JSON.stringify(group)}` : '';
  });
  return `{${members.filter((member) => member !== '').join(',')}}`;
}

/** The name of a JSON value, groups joined by "="; undefined where it is none. */
export function personNameText(value: unknown): string | undefined {
  // Some writers give the plain text.
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const groups: string[] = ['', '', ''];
  let count = 0;
  for (const [name, group] of Object.entries(value)) {
    const index = GROUP_NAMES.indexOf(name);
    if (index === -1 || (typeof group !== 'string' && group !== null)) return undefined;
    groups[index] = group ?? '';
    count = Math.max(count, index + 1);
  }
  return groups.slice(0, count).join('=');
}
