// package.mjs OUT VERSION PROGRAM…: writes the npm packages of a release below the folder OUT. Each PROGRAM is TARGET=FILE, with
// Rust's name of a target. A package for each platform holds the program alone; `dateline-ssg` has all of these as optional
// dependencies, of which npm installs the one that fits the machine, and a command that starts it.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'dateline-ssg';
// Rust's targets, as npm names machines. The programs for Linux are linked statically: they need no C library.
const PLATFORMS = {
    'x86_64-unknown-linux-musl': { os: 'linux', cpu: 'x64' },
    'aarch64-unknown-linux-musl': { os: 'linux', cpu: 'arm64' },
    'x86_64-unknown-linux-gnu': { os: 'linux', cpu: 'x64', libc: 'glibc' },
    'x86_64-apple-darwin': { os: 'darwin', cpu: 'x64' },
    'aarch64-apple-darwin': { os: 'darwin', cpu: 'arm64' },
    'x86_64-pc-windows-msvc': { os: 'win32', cpu: 'x64' },
};

const here = dirname(fileURLToPath(import.meta.url));
const top = join(here, '..', '..');
const [out, version, ...programs] = process.argv.slice(2);
if (!out || !version || programs.length === 0) {
    console.error('package.mjs OUT VERSION TARGET=FILE…');
    process.exit(2);
}

const shared = {
    version,
    description: 'A static site generator for news briefings: stories, topics, dated editions, feeds',
    license: 'MIT OR Apache-2.0',
};

function write(folder, description, files) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
    for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) {
        copyFileSync(join(top, name), join(folder, name));
    }
    for (const [name, source] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        copyFileSync(source, join(folder, name));
    }
}

const optionalDependencies = {};
for (const program of programs) {
    const at = program.indexOf('=');
    const [target, file] = [program.slice(0, at), program.slice(at + 1)];
    const platform = PLATFORMS[target];
    if (!platform) {
        console.error(`package.mjs: unknown target \`${target}\`: it is one of ${Object.keys(PLATFORMS).join(', ')}`);
        process.exit(2);
    }
    const { os, cpu, libc } = platform;
    const name = `${NAME}-${os}-${cpu}`;
    const binary = os === 'win32' ? 'dateline.exe' : 'dateline';
    const description = { name, ...shared, os: [os], cpu: [cpu], ...(libc && { libc: [libc] }), files: [binary], preferUnplugged: true };
    write(join(out, name), description, { [binary]: file });
    chmodSync(join(out, name, binary), 0o755);
    optionalDependencies[name] = version;
}

const command = {
    name: NAME,
    ...shared,
    keywords: ['static-site-generator', 'news', 'markdown', 'briefing'],
    bin: { dateline: 'dateline.js' },
    engines: { node: '>=18' },
    files: ['dateline.js'],
    optionalDependencies,
};
write(join(out, NAME), command, { 'dateline.js': join(here, 'dateline.js'), 'README.md': join(here, 'README.md') });
chmodSync(join(out, NAME, 'dateline.js'), 0o755);
