/** Keeps the whole help center for the next time, after this one has been served. */
export const keepOffline = () => {
  // Only what was built has a list of its files.
  if (!import.meta.env.PROD || !navigator.serviceWorker) return;
  const address = new URL('worker.js', document.baseURI).href;
  const gate = globalThis.trustedTypes?.createPolicy('dayloom-worker', { createScriptURL: (url) => url });
  // Without one the page works as before, only not offline.
  navigator.serviceWorker.register(gate ? gate.createScriptURL(address) : address).catch(() => {});
};
