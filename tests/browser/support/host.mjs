// Starts the sample host with the plugin on a free port and a folder of its own, and stops it by its process id.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { startDatabase } from './database.mjs';

export async function startHost({ plugins = [process.env.PARLEY_PLUGIN] } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-browser-'));
  const pluginArguments = plugins.flatMap((plugin) => ['--plugin', plugin]);
  const database = await startDatabase();
  const databaseArguments = database.connection === null ? [] : ['--database', database.connection];
  const child = spawn(
    process.env.PARLEY_SAMPLE_HOST,
    ['--port', '0', '--data', folder, ...pluginArguments, ...databaseArguments],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', (bytes) => (log += bytes));
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /Listening on (http:\/\/\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
    exited.then((code) => reject(new Error(`the sample host ended with ${code}:\n${log}`)));
  });
  return {
    address,
    folder,
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      const code = await exited;
      await database.stop();
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}
