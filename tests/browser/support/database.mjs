// The database that the plugin gets: SQLite in the host's folder, or, as PARLEY_TEST_DATABASE says, one on a real server.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

// Answers a connection string (null: SQLite), and a function that ends the server.
export async function startDatabase() {
  const chosen = process.env.PARLEY_TEST_DATABASE ?? 'sqlite';
  if (chosen === 'sqlite') return { connection: null, stop: async () => {} };
  const child = spawn(process.env.PARLEY_TEST_SERVERS, [chosen], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const connection = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(line.split(' ')[0]));
    exited.then((code) => reject(new Error(`parley-test-servers ended with ${code}`)));
  });
  return {
    connection,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
