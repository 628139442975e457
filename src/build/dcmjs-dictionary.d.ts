/** dcmjs ships no types; this is the one part of it that the build reads. */
declare module 'dcmjs/dictionary' {
  export const dictionary: Readonly<
    Record<string, { readonly vr?: string; readonly name?: string; readonly vm?: string }>
  >;
}
