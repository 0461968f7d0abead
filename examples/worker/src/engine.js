import { load } from 'tactful';
import policy from './policy.tactful';

// An example: nobody has signed its policy. Yours gives `approvers` instead.
let loaded;
/** The engine with its policy; of people it holds nothing. */
export const engine = () =>
  (loaded ??= load(policy, { unsigned: true }).catch((error) => {
    // Tried anew by whoever comes next.
    loaded = undefined;
    throw error;
  }));

/** What the page shows, as page events of a visit. */
export function lookedAt({ page, role, topic, results, wish }, t) {
  return [
    { type: 'pageView', t, page, role, nav: 'load', ...(topic && { topic }) },
    ...(results === undefined ? [] : [{ type: 'search', t, results, lenTokens: 1 }]),
    ...(wish ? [{ type: 'wish', t, for: wish }] : []),
  ];
}

/** What of a decision is shown; the rest stays with the record. */
export const offerOf = ({ route, promise, because }, { purpose }, { touch, delivery }) => ({
  touch, delivery, route, purpose, promise: promise?.text, because: because.map(({ words }) => words),
});
