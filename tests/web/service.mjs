/** The service of this checkout on a free port, over the shipped packages or over folders that are given. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PYTHON = process.env.PYTHON ?? `${ROOT}.venv/bin/python`;
const PATIENCE = 300_000; // a synthetic city loads for a minute or two on two busy cores

/** Why the browser tests cannot run here; undefined where they can. */
export function missing(chromium) {
  if (!existsSync(PYTHON)) return `no Python at ${PYTHON}: run make setup`;
  if (!existsSync(`${ROOT}web/dist/index.html`)) return 'web/dist is not built: run npm run build in web';
  if (!existsSync(chromium)) return `no Chromium at ${chromium}: set CHROMIUM`;
  return undefined;
}

export function python(...parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(PYTHON, parameters, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('exit', (status) => (status === 0 ? resolve() : reject(new Error(`${parameters.join(' ')}: exit ${status}`))));
  });
}

export async function startService(...parameters) {
  const child = spawn(PYTHON, ['server.py', '--port', '0', '--log-level', 'warning', ...parameters], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const origin = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
      const found = /http:\/\/[\d.]+:\d+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.on('exit', (status) => reject(new Error(`server.py ended with ${status}: ${said}`)));
  });
  await ready(origin);
  return { origin, stop: () => child.kill('SIGTERM') };
}

async function ready(origin) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const reply = await fetch(`${origin}/readyz`);
    if (reply.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${origin}/readyz is not 200 after ${PATIENCE / 1000} s`);
}
