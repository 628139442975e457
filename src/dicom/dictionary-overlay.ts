/**
 * Where DCMTK 3.6.7 spells or types an attribute otherwise than the dictionary of dcmjs. Dump text
 * is compared with DCMTK's byte for byte, so its spelling is the one printed; both are read.
 */

/** A line is: tag, VR, VM, DCMTK's keyword. */
const REPLACED = `
00020026 UR 1 SourcePresentationAddress
00020027 UR 1 SendingPresentationAddress
00020028 UR 1 ReceivingPresentationAddress
00020031 OB 1 RTVMetaInformationVersion
00020032 UI 1 RTVCommunicationSOPClassUID
00020033 UI 1 RTVCommunicationSOPInstanceUID
00020035 OB 1 RTVSourceIdentifier
00020036 OB 1 RTVFlowIdentifier
00020037 UL 1 RTVFlowRTPSamplingRate
00020038 FD 1 RTVFlowActualFrameDuration
00060001 SQ 1 CurrentFrameFunctionalGroupsSequence
00221642 UL 1 NumberOfBscansPerFrame
0040a803 UL 1 NumberOfTableColumns
00660040 OL 1 LongPrimitivePointIndexList
00660041 OL 1 LongTrianglePointIndexList
00660042 OL 1 LongEdgePointIndexList
00660043 OL 1 LongVertexPointIndexList
006862f0 SQ 1 ViewOrientationModifierCodeSequence
00701305 FD 4 Plane
00701306 FD 3 PlaneNormal
0070150c UL 1 NumberOfVolumetricCurvePoints
00760034 SQ 1 ComponentTypeCodeSequence
300a0131 FL 1 AverageBeamDosePointSourceToExternalContourDistance
40101029 LO 1 ThreatDetectionAlgorithmAndVersion
7fe00010 px 1 PixelData
`;

/** Retired in one of the two dictionaries only: DCMTK prints these with the prefix ... */
const RETIRED_IN_DCMTK = [
  0x00082229, 0x00101000, 0x00101090, 0x00189324, 0x00400300, 0x00400301, 0x0040030e, 0x00404007, 0x00404020,
  0x0040a136, 0x00480200, 0x00480201, 0x00480202, 0x00660023, 0x00660024, 0x00660025, 0x00660029, 0x00701206,
  0x30060044, 0x30060045, 0x30060049, 0x300600b9, 0x300a000b, 0x300a0082, 0x300a008d, 0x300a008e, 0x300a008f,
  0x300a0632, 0x300a0650,
] as const;

/** ... and these without. */
const CURRENT_IN_DCMTK = [0x21000140, 0x213000a0, 0x213000c0, 0x300a0088, 0x300a0089, 0x300a008a] as const;

export const RETIRED_PREFIX = 'RETIRED_';

export const REPLACED_ENTRIES: readonly (readonly string[])[] = REPLACED.trim()
  .split('\n')
  .map((line) => line.split(' '));

/** The keyword as DCMTK prints it, from the one dcmjs has. */
export function dcmtkKeyword(tag: number, keyword: string): string {
  if ((RETIRED_IN_DCMTK as readonly number[]).includes(tag)) return `${RETIRED_PREFIX}${keyword}`;
  if ((CURRENT_IN_DCMTK as readonly number[]).includes(tag)) return keyword.replace(RETIRED_PREFIX, '');
  return keyword;
}
