/** The engine by itself: what an import gives is the host's or the bundler's. Hand it to `load(policy, { wasm })`. */
declare const wasm: WebAssembly.Module & string;
export default wasm;
