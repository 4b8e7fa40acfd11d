// The language server of Taplo, which Even Better TOML runs inside the editor, over standard input and output.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const { TaploLsp } = createRequire(`${process.env.INTEROP_TOOLS}/`)('@taplo/lsp');

const write = (message) => {
  const body = Buffer.from(JSON.stringify(message));
  process.stdout.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
};

const offline = { fetch: () => Promise.reject(new Error('offline')), Headers, Request, Response };
const server = await TaploLsp.initialize({
  now: () => new Date(),
  envVar: (name) => process.env[name],
  envVars: () => Object.entries(process.env),
  stdErrAtty: () => false,
  stdin: process.stdin,
  stdout: process.stderr,
  stderr: process.stderr,
  glob: () => [],
  readFile: (file) => fs.promises.readFile(file),
  writeFile: () => Promise.reject(new Error('nothing is written')),
  urlToFilePath: (url) => fileURLToPath(url),
  isAbsolute: path.isAbsolute,
  cwd: () => process.cwd(),
  findConfigFile: () => undefined,
  fetch: offline,
}, { onMessage: write });

let rest = Buffer.alloc(0);
process.stdin.on('data', (more) => {
  rest = Buffer.concat([rest, more]);
  for (;;) {
    const start = rest.indexOf('\r\n\r\n') + 4;
    const length = start > 3 ? Number(/content-length: *(\d+)/i.exec(rest.subarray(0, start))[1]) : Infinity;
    if (rest.length < start + length) return;
    server.send(JSON.parse(rest.subarray(start, start + length)));
    rest = rest.subarray(start + length);
  }
});
process.stdin.on('end', () => process.exit(0));
