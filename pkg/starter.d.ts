/** The compiled starter policy: its address or its bytes, whatever the bundler or the host makes of an import. */
declare const policy: string & Uint8Array;
export default policy;
