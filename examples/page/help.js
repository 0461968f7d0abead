import { load, observe, openStore } from './node_modules/tactful/page.js';
import './node_modules/tactful/offer.js';

// The starter policy, which nobody has signed: for trying out. Yours gives `approvers` instead.
const tactful = await load('./node_modules/tactful/starter.tactful', { unsigned: true });
const store = await openStore(tactful, 'visitor-1');
observe(store.visit(), {
  store,
  moment: () => ({
    now: Date.now(),
    matter: 'export',
    routes: [{ route: 'human', asOf: Date.now(), open: true, staffed: true }],
  }),
});
