/** One way in which a value does not fit its VR, or its attribute. */

export interface ValueProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Set where one mistake shows in many values. */
  readonly cause?: string;
  /** The standard allows it all the same: worth a word, but never an error. */
  readonly isAllowed?: boolean;
}
