import { defineConfig } from 'vite';
import { offlineFiles } from './offline.js';

const port = Number(process.env.PORT ?? 4173);

export default defineConfig({
  // Relative addresses: the built folder runs from any static server and any subfolder.
  base: './',
  // One page. Without this a missing file would be answered with index.html and status 200,
  // and a missing policy would look like a broken one.
  appType: 'mpa',
  build: {
    target: 'es2022',
    // data: and inline scripts are refused by the page's content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: 'index.html', worker: 'src/offline/worker.js' },
      output: {
        // A service worker rules over its folder and below: it has to lie at the top, under one name.
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  plugins: [offlineFiles()],
  // Pre-bundling would move the module away from the wasm file it finds by its own address.
  optimizeDeps: { exclude: ['tactful'] },
  server: { port, strictPort: true, fs: { allow: ['..'] } },
  preview: { port, strictPort: true },
});
