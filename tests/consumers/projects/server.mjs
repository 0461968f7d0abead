// Node, Deno and Bun.
import { readFile } from 'node:fs/promises';
import { load } from 'tactful';
import { decide } from './decide.js';

const story = JSON.parse(await readFile(new URL('./story.json', import.meta.url), 'utf8'));
const tactful = await load(new URL(import.meta.resolve('tactful/starter.tactful')), { unsigned: true });
console.log(decide(tactful, story));
