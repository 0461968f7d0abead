import { say } from './dom.js';

/** A telephone number as people write it, of six digits at least. Patterns are read with the `v` flag: signs of its own are escaped. */
export const PHONE_PATTERN = String.raw`[+\s\(\)\/\-]*(?:[0-9][\s\(\)\/\-]*){6,15}`;
/** An address with a domain that can be on the internet: browsers also let `a@b` pass. */
export const EMAIL_PATTERN = String.raw`[^@\s]+@[^@\s]+\.[^@\s.]{2,}`;
/** Something besides blanks. */
export const TEXT_PATTERN = String.raw`.*\S.*`;

/** Whether what is in a field will do; a text area knows no pattern. */
const isFine = (control) => control.checkValidity() && (!control.required || control.value.trim().length >= Math.max(1, control.minLength));

/** Checks a field: what is wrong stands beside it, or nothing does. Gives whether it is fine. */
export const checked = (control, problem, text) => {
  const wrong = !isFine(control);
  problem.hidden = !wrong;
  say(problem, wrong ? text : '');
  if (wrong) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
  return !wrong;
};
