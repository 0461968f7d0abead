/** The page edition with its wasm inside: for a file that is opened from a disk. Policies are given compiled. */
export * from './page.js';
