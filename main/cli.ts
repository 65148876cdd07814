#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Reading the source takes several times as long as running it: Node keeps what it made of it for the next start.
enableCompileCache();
const { runCommandLine } = await import('./commands/command-line.ts');
await runCommandLine(process.argv);
