// The bench's policy as a server loads it: compiled beforehand, and anew when the engine is newer.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Tactful, load as loadPolicy } from '../../../pkg/node.js';
import { policy } from './adapter.mjs';

/** The bench's policy, loaded. */
export async function compiled() {
  const file = new URL('../.build/tactful.policy', import.meta.url);
  const fresh = JSON.stringify(policy);
  if (existsSync(file) && existsSync(`${file.pathname}.json`) && readFileSync(`${file.pathname}.json`, 'utf8') === fresh) {
    try {
      return await loadPolicy(readFileSync(file), { unsigned: true });
    } catch {
      // Of an older format: compiled again below.
    }
  }
  const { compile } = await import('../../../pkg/studio-node.js');
  const bytes = await compile(policy);
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, bytes);
  writeFileSync(`${file.pathname}.json`, fresh);
  return loadPolicy(bytes, { unsigned: true });
}

export * from './adapter.mjs';
export { Tactful };
