// The runtime edition under the strictest policy that permits WebAssembly at all.
import { load } from '/pkg/web.js';

const answer = { violations: [] };
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => answer.violations.push(violatedDirective));
try {
  const tactful = await load('/pkg/starter.tactful', { unsigned: true });
  const visit = tactful.person('ada').visit({ startedAt: 0, salt: 0 });
  for (const t of [0, 200, 400, 600]) visit.track({ type: 'click', t, target: 'save', control: 'button', x: 1, y: 1 });
  const moment = { now: 5000, routes: [{ route: 'human', asOf: 5000, open: true, staffed: true }] };
  answer.route = visit.decide(moment).route;
  answer.evaluates = (() => {
    try {
      return Boolean(new Function('return 1')());
    } catch {
      return false;
    }
  })();
} catch (error) {
  answer.error = String(error);
}
globalThis.answer = answer;
document.documentElement.dataset.engine = 'ready';
