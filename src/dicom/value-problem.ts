/** One way in which a value does not fit its VR. */

export interface ValueProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Set where one mistake shows in many values. */
  readonly cause?: string;
}
