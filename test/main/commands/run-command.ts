import { Command } from 'commander';
import { vi } from 'vitest';
import { reportError } from '../../../main/commands/output.ts';

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs a command as the entry of the command line does, and gives what it said. */
export async function runCommand(addCommand: (program: Command) => void, ...words: string[]): Promise<CommandResult> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const program = new Command('fieldboot').exitOverride();
    addCommand(program);
    try {
      await program.parseAsync(['node', 'fieldboot', ...words]);
    } catch (error) {
      reportError(error, words.includes('--json'));
    }
    return { ...said, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
