/** Whom an association is granted (PS3.8 9.3.4 has the words of a refusal). */

export interface AdmissionRules {
  /** Refuse everybody: to see how a modality takes it. */
  readonly refuseAll?: boolean | undefined;
  /** The one called AE title that is served; undefined: those of the layout. */
  readonly calledAeTitle?: string | undefined;
  /** Calling AE titles that may call; undefined: everyone. */
  readonly callers?: readonly string[] | undefined;
}

export interface Caller {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
}

export type Admission =
  | { readonly accepted: true }
  | {
      readonly accepted: false;
      readonly result: 1 | 2;
      readonly source: 1 | 2 | 3;
      readonly reason: number;
      readonly why: string;
    };

const PERMANENT = 1;
const SERVICE_USER = 1;
const NO_REASON = 1;
const CALLING_NOT_RECOGNIZED = 3;
const CALLED_NOT_RECOGNIZED = 7;

/** `serves` says whether the worklist has anything under a called AE title. */
export function admit(caller: Caller, rules: AdmissionRules, serves: (calledAeTitle: string) => boolean): Admission {
  const { callingAeTitle, calledAeTitle } = caller;
  if (rules.refuseAll === true) return refuse(NO_REASON, 'every association is refused');
  if (rules.callers !== undefined && !rules.callers.includes(callingAeTitle)) {
    return refuse(CALLING_NOT_RECOGNIZED, `calling AE title "${callingAeTitle}" is not among those that may call`);
  }
  // PS3.8 9.3.2: a title of blanks alone names nobody.
  const named = calledAeTitle !== '' && (rules.calledAeTitle === undefined || rules.calledAeTitle === calledAeTitle);
  if (named && serves(calledAeTitle)) return { accepted: true };
  return refuse(CALLED_NOT_RECOGNIZED, `called AE title "${calledAeTitle}" is not served`);
}

function refuse(reason: number, why: string): Admission {
  return { accepted: false, result: PERMANENT, source: SERVICE_USER, reason, why };
}
