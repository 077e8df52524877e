#!/usr/bin/env node
// Starts the program of this machine, which npm has installed beside this package, and ends as it does.

const { spawn } = require('node:child_process');
const { constants } = require('node:os');

const name = `dateline-ssg-${process.platform}-${process.arch}`;
const binary = process.platform === 'win32' ? 'dateline.exe' : 'dateline';

let file;
try {
    file = require.resolve(`${name}/${binary}`);
} catch {
    console.error(`dateline: the package \`${name}\` is not installed.`);
    console.error('It holds the program for this machine, and is an optional dependency: install without `--omit=optional` or');
    console.error('`--no-optional`. If there is no package of that name, build from source: `cargo install dateline`.');
    process.exit(1);
}

const program = spawn(file, process.argv.slice(2), { stdio: 'inherit' });
program.on('error', (error) => {
    console.error(`dateline: ${file} cannot be started: ${error.message}`);
    process.exit(1);
});
// The terminal sends Ctrl+C to both; what others send to this process alone is passed on. The program decides how it ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => signal === 'SIGINT' && process.stdin.isTTY || program.kill(signal));
}
program.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
