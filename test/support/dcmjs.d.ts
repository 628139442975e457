/** The part of dcmjs, which ships no types, that tests use as a second reader. */
declare module 'dcmjs' {
  interface DcmjsElement {
    readonly vr: string;
    readonly Value: readonly unknown[];
  }
  export const data: {
    readonly DicomMessage: {
      readFile(buffer: ArrayBufferLike): { readonly dict: Readonly<Record<string, DcmjsElement>> };
    };
  };
}
