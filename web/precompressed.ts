import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /^assets\/.*\.(?:js|css|svg|ttf)$/;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Writes .br and .gz beside each asset as it was written, so that the server compresses nothing while it answers. */
export function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    async writeBundle({ dir = 'dist' }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => WORTH_IT.test(name))) {
        const path = join(dir, fileName);
        const content = await readFile(path);
        await writeFile(`${path}.br`, brotliCompressSync(content, QUALITY));
        await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
