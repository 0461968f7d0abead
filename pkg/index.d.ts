import type { LoadOptions, PolicySource, Tactful } from './types.js';
export * from './types.js';

/** Loads a policy, or of several versions the one in force. Live ones are verified before they act. */
export declare function load(policy: PolicySource | PolicySource[], options?: LoadOptions): Promise<Tactful>;
