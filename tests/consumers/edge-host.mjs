// A host in a process of its own, so that it can be killed. Says its address and the process of the runtime.
import { host } from './edge.mjs';

const [out, persist] = process.argv.slice(2);
const edge = host(out, { persist, host: '127.0.0.1', port: 0 });
console.log(String(await edge.ready));
