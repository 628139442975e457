/** The plot of docs/performance.md: query time over entries, both on logarithmic scales, as SVG. */

import { type Figure, median } from './figure.ts';
import { plottedWork, SIZES } from './rows/query-time.ts';

const WIDTH = 720;
const HEIGHT = 420;
const MARGIN = { left: 76, right: 24, top: 48, bottom: 56 };
/** 0.1 ms to 10 s. */
const DECADES = { from: -1, to: 4 };
const COLORS: readonly string[] = ['#0b7285', '#c92a2a', '#5f3dc4'];
const TEXT = 'font-family="sans-serif" font-size="13" fill="#343a40"';

function x(entries: number): number {
  const [least = 1] = SIZES;
  const most = SIZES.at(-1) ?? 1;
  const share = Math.log(entries / least) / Math.log(most / least);
  return MARGIN.left + share * (WIDTH - MARGIN.left - MARGIN.right);
}

function y(ms: number): number {
  const share = (Math.log10(ms) - DECADES.from) / (DECADES.to - DECADES.from);
  return HEIGHT - MARGIN.bottom - share * (HEIGHT - MARGIN.top - MARGIN.bottom);
}

function timeLabel(decade: number): string {
  return decade >= 3 ? `${10 ** (decade - 3)} s` : `${10 ** decade} ms`;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#dee2e6"/>`;
}

function axes(): string[] {
  const rows = Array.from({ length: DECADES.to - DECADES.from + 1 }, (_, step) => DECADES.from + step);
  return [
    ...rows.flatMap((decade) => {
      const at = y(10 ** decade).toFixed(1);
      return [
        line(MARGIN.left, Number(at), WIDTH - MARGIN.right, Number(at)),
        `<text x="${MARGIN.left - 8}" y="${Number(at) + 4}" text-anchor="end" ${TEXT}>${timeLabel(decade)}</text>`,
      ];
    }),
    ...SIZES.map(
      (entries) =>
        `<text x="${x(entries).toFixed(1)}" y="${HEIGHT - MARGIN.bottom + 22}" text-anchor="middle" ${TEXT}>` +
        `${entries.toLocaleString('en')}</text>`,
    ),
    `<text x="${WIDTH / 2}" y="${HEIGHT - 12}" text-anchor="middle" ${TEXT}>entries in the folder</text>`,
    `<text x="${MARGIN.left}" y="24" ${TEXT}>time of a query with one match (median, association open)</text>`,
  ];
}

/** One server's times by number of entries. */
type Curve = readonly (readonly [entries: number, ms: number])[];

function curveOf(side: string, figures: readonly Figure[]): Curve {
  return SIZES.flatMap((entries) => {
    const numbers = figures.find(({ work }) => work === plottedWork(entries))?.samples.get(side);
    return numbers === undefined ? [] : [[entries, median(numbers)] as const];
  });
}

/** The names stand where no curve comes: few entries take no server long. */
function legend(side: string, index: number, color: string): string[] {
  const at = MARGIN.top + 22 + index * 20;
  return [
    `<circle cx="${MARGIN.left + 16}" cy="${at - 4}" r="3.5" fill="${color}"/>`,
    `<text x="${MARGIN.left + 26}" y="${at}" ${TEXT}>${side}</text>`,
  ];
}

function draw(curve: Curve, color: string): string[] {
  const points = curve.map(([entries, ms]) => [x(entries).toFixed(1), y(ms).toFixed(1)] as const);
  return [
    `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
    ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${color}"/>`),
  ];
}

export function plotQueryTime(figures: readonly Figure[]): string {
  const sides = [...new Set(figures.flatMap(({ samples }) => [...samples.keys()]))];
  const curves = sides.flatMap((side, index) => {
    const color = COLORS[index] ?? '#000000';
    return [...draw(curveOf(side, figures), color), ...legend(side, index, color)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    '<title>Query time over the number of entries: wltool, wlmscpfs and Orthanc</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...axes(),
    ...curves,
    '</svg>',
    '',
  ].join('\n');
}
