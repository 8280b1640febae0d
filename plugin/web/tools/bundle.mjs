// Bundles the elements: node bundle.mjs <output folder> <depfile>
//
// One ES module and one style sheet, minified. The same sources give the same bytes: no path, date or version of the
// machine gets in.
import { build } from 'esbuild';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [outputFolder, depfile] = process.argv.slice(2).map((name) => path.resolve(name));
if (!outputFolder || !depfile) {
  console.error('Usage: node bundle.mjs <output folder> <depfile>');
  process.exit(2);
}
const source = fileURLToPath(new URL('../src/', import.meta.url));

const result = await build({
  absWorkingDir: source,
  entryPoints: { conversations: 'conversations.js', 'conversations-style': 'conversations.css' },
  outdir: outputFolder,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'eof',
  metafile: true,
  write: false,
  logLevel: 'warning',
});

await mkdir(outputFolder, { recursive: true });
const outputs = [];
for (const file of result.outputFiles) {
  const name = path.join(outputFolder, path.basename(file.path).replace('-style', ''));
  outputs.push(name);
  await writeFile(name, file.contents);
}

const escaped = (name) => name.replace(/[ #]/g, '\\$&').replace(/\$/g, '$$$$');
const inputs = Object.keys(result.metafile.inputs).map((name) => path.resolve(source, name));
await writeFile(depfile, `${outputs.map(escaped).join(' ')}: ${inputs.map(escaped).join(' ')}\n`);
