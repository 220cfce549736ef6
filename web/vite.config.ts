import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { precompressed } from './precompressed.ts';

// Two pages: the explorer and the IDE. Everything is ours: no address of another host, no inline script.
export default defineConfig({
  plugins: [react(), precompressed()],
  server: { proxy: { '/graphql': 'http://127.0.0.1:8000', '/examples.json': 'http://127.0.0.1:8000' } },
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', graphql: 'graphql.html' },
      onLog(level, log, handle) {
        // libraries are marked for the React compiler, which is not used here
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
});
