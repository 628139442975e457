/** What may stand at one place of a command line. */

export interface Candidate {
  readonly text: string;
  /** A few words for shells that show them; may be empty. */
  readonly about: string;
}

export interface Completion {
  /** Which names of the file system may stand there, besides the candidates. */
  readonly names: 'none' | 'files' | 'folders';
  readonly candidates: readonly Candidate[];
}
