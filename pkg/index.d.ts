import type { PolicySource, Tactful } from './types.js';
export * from './types.js';

/** Loads a policy. */
export declare function load(policy: PolicySource): Promise<Tactful>;
