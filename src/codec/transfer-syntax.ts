/** Transfer syntaxes (PS3.5 A, PS3.6 A): how a data set is encoded. */

export interface TransferSyntax {
  readonly uid: string;
  /** DCMTK's display name, as in dcmdump's "# Used TransferSyntax:" line. */
  readonly name: string;
  readonly explicitVr: boolean;
  readonly bigEndian: boolean;
  readonly deflated: boolean;
  /** Pixel data are encapsulated; everything else is explicit little endian. */
  readonly encapsulated: boolean;
}

function syntax(uid: string, name: string, options: Partial<TransferSyntax> = {}): TransferSyntax {
  return { uid, name, explicitVr: true, bigEndian: false, deflated: false, encapsulated: false, ...options };
}

const ROOT = '1.2.840.10008.1.2';

export const IMPLICIT_LITTLE = syntax(ROOT, 'Little Endian Implicit', { explicitVr: false });
export const EXPLICIT_LITTLE = syntax(`${ROOT}.1`, 'Little Endian Explicit');
export const DEFLATED_LITTLE = syntax(`${ROOT}.1.99`, 'Deflated Explicit VR Little Endian', { deflated: true });
export const EXPLICIT_BIG = syntax(`${ROOT}.2`, 'Big Endian Explicit', { bigEndian: true });

/** Syntaxes with encapsulated pixel data: UID suffix and DCMTK's display name. */
const ENCAPSULATED: readonly (readonly [suffix: string, name: string])[] = [
  ['.4.50', 'JPEG Baseline'],
  ['.4.51', 'JPEG Extended, Process 2+4'],
  ['.4.52', 'JPEG Extended, Process 3+5'],
  ['.4.53', 'JPEG Spectral Selection, Non-hierarchical, Process 6+8'],
  ['.4.54', 'JPEG Spectral Selection, Non-hierarchical, Process 7+9'],
  ['.4.55', 'JPEG Full Progression, Non-hierarchical, Process 10+12'],
  ['.4.56', 'JPEG Full Progression, Non-hierarchical, Process 11+13'],
  ['.4.57', 'JPEG Lossless, Non-hierarchical, Process 14'],
  ['.4.58', 'JPEG Lossless, Non-hierarchical, Process 15'],
  ['.4.59', 'JPEG Extended, Hierarchical, Process 16+18'],
  ['.4.60', 'JPEG Extended, Hierarchical, Process 17+19'],
  ['.4.61', 'JPEG Spectral Selection, Hierarchical, Process 20+22'],
  ['.4.62', 'JPEG Spectral Selection, Hierarchical, Process 21+23'],
  ['.4.63', 'JPEG Full Progression, Hierarchical, Process 24+26'],
  ['.4.64', 'JPEG Full Progression, Hierarchical, Process 25+27'],
  ['.4.65', 'JPEG Lossless, Hierarchical, Process 28'],
  ['.4.66', 'JPEG Lossless, Hierarchical, Process 29'],
  ['.4.70', 'JPEG Lossless, Non-hierarchical, 1st Order Prediction'],
  ['.4.80', 'JPEG-LS Lossless'],
  ['.4.81', 'JPEG-LS Lossy (Near-lossless)'],
  ['.4.90', 'JPEG 2000 (Lossless only)'],
  ['.4.91', 'JPEG 2000 (Lossless or Lossy)'],
  ['.4.92', 'JPEG 2000 Part 2 Multicomponent Image Compression (Lossless only)'],
  ['.4.93', 'JPEG 2000 Part 2 Multicomponent Image Compression (Lossless or Lossy)'],
  ['.4.94', 'JPIP Referenced'],
  ['.4.100', 'MPEG2 Main Profile @ Main Level'],
  ['.4.101', 'MPEG2 Main Profile @ High Level'],
  ['.4.102', 'MPEG-4 AVC/H.264 High Profile / Level 4.1'],
  ['.4.103', 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1'],
  ['.4.104', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video'],
  ['.4.105', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video'],
  ['.4.106', 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2'],
  ['.4.107', 'HEVC/H.265 Main Profile / Level 5.1'],
  ['.4.108', 'HEVC/H.265 Main 10 Profile / Level 5.1'],
  ['.5', 'RLE Lossless'],
];

const BY_UID: ReadonlyMap<string, TransferSyntax> = new Map(
  [
    IMPLICIT_LITTLE,
    EXPLICIT_LITTLE,
    DEFLATED_LITTLE,
    EXPLICIT_BIG,
    ...ENCAPSULATED.map(([suffix, name]) => syntax(`${ROOT}${suffix}`, name, { encapsulated: true })),
    syntax('1.2.840.113619.5.2', 'Private GE Little Endian Implicit with big endian pixel data', { explicitVr: false }),
    syntax(`${ROOT}.4.95`, 'JPIP Referenced Deflate', { deflated: true, encapsulated: true }),
  ].map((entry) => [entry.uid, entry]),
);

/** The transfer syntax of a UID; undefined when the UID names none that is known. */
export function transferSyntaxOf(uid: string): TransferSyntax | undefined {
  return BY_UID.get(uid);
}
