// The engine watching a page of a complaint.
import { load, observe } from '/pkg/page.js';

const tactful = await load('/pkg/starter.tactful', { unsigned: true });
const visit = tactful.person('visitor').visit({ salt: 0 });
const errors = [];
document.addEventListener('tactful:error', ({ detail }) => errors.push(detail.code));
const observer = observe(visit, { moment: () => ({ now: Date.now() }) });
globalThis.test = { visit, observer, errors };
document.documentElement.dataset.engine = 'ready';
