import { describe, expect, it } from 'vitest';
import { type Catalogued, errorCatalogue } from '../../../main/contract/error-catalogue.ts';
import { StationError } from '../../../main/contract/errors.ts';

/** Stands for whatever facts an error has: a text, a number, a list. */
const anything: unknown = new Proxy(() => '', {
  get: (_target, key) => (key === Symbol.toPrimitive ? () => 'something' : key === 'length' ? 1 : anything),
  apply: () => 'something',
});

const entries = Object.entries(errorCatalogue) as [string, Catalogued<unknown>][];
/** What only somebody at a command line can type. */
const commandLine = /(^|\s|\()--[a-z]|"?fieldboot [a-z]+/;
/** Nobody meets these on a screen. */
const ofCommandsOnly = ['E_USAGE', 'E_HARDWARE_NOTES'];

describe('every error', () => {
  it.each(entries.filter(([code]) => !ofCommandsOnly.includes(code)))(
    '%s speaks no options and commands to a screen',
    (_code, { title, advice }) => {
      expect(title(anything)).not.toMatch(commandLine);
      expect(advice(anything)).not.toMatch(commandLine);
    },
  );

  // A wrong word says nothing of its own.
  it.each(entries.filter(([code]) => code !== 'E_USAGE'))(
    '%s says what happened and what to do',
    (code, { title, advice, commandLineAdvice }) => {
      expect(code).toMatch(/^E_[A-Z_]+$/);
      const voices = [title, advice, commandLineAdvice ?? advice].map((voice) => voice(anything));
      for (const voice of voices) {
        expect(voice.trim()).not.toBe('');
        expect(voice).not.toContain('undefined');
      }
    },
  );
});

describe('an error', () => {
  const error = new StationError('E_INTERFACE_NO_ADDRESS', { name: 'eth0' });

  it('has its own advice for the command line', () => {
    expect(error.advice).not.toContain('--address');
    expect(error.commandLineAdvice).toContain('--address 192.168.77.1/24');
    expect(error.toReport('command line').advice).toBe(error.commandLineAdvice);
    expect(error.toReport().advice).toBe(error.advice);
  });

  it('says the same there where there is nothing else to say', () => {
    const same = new StationError('E_SESSION_RUNNING', { imageName: 'x' });
    expect(same.commandLineAdvice).toBe(same.advice);
  });
});
