/** Values as people read them in a table. */

/** "Smith, John", then the other writings of the name in brackets (PS3.5 6.2, PN). */
function readableName(name: string): string {
  const [alphabetic = '', ...others] = name.split('=').map((group, index) => {
    const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group
      .split('^')
      .map((part) => part.trim());
    const first = [prefix, given, middle].filter((part) => part !== '').join(' ');
    const last = [family, suffix].filter((part) => part !== '').join(' ');
    return [last, first].filter((part) => part !== '').join(index === 0 ? ', ' : ' ');
  });
  const rest = others.filter((group) => group !== '');
  if (alphabetic === '') return rest.join(' / ');
  return rest.length === 0 ? alphabetic : `${alphabetic} (${rest.join(' / ')})`;
}

/** "2026-11-25" of 20261125 and 2026.11.25; what is no date stays. */
function readableDate(text: string): string {
  return text.replace(/^(\d{4})\.?(\d{2})\.?(\d{2})$/, '$1-$2-$3');
}

/** "09:30" of 093000, "09:30:15" of 093015.5; what is no time stays. */
function readableTime(text: string): string {
  const match = /^(\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?$/.exec(text);
  if (match === null) return text;
  const [, hours, minutes, seconds = '00'] = match;
  return `${hours}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`;
}

export function readableValue(text: string, vr: string): string {
  switch (vr) {
    case 'PN':
      return readableName(text);
    case 'DA':
      return readableDate(text);
    case 'TM':
      return readableTime(text);
    default:
      return text.replace(/\s*\r?\n\s*/g, ' ');
  }
}
