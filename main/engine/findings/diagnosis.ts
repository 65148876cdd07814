import type { Finding } from '../../contract/finding.ts';
import type { Patience } from './patience.ts';
import type { BenchFacts, WireFacts } from './wire-facts.ts';

/** What was seen that a finding goes by. */
export interface Evidence {
  readonly atMs: number;
  readonly text: string;
}

export interface Diagnosis extends Finding {
  readonly evidence: readonly Evidence[];
}

/** What a rule looks at. */
export interface MachineView {
  readonly facts: WireFacts;
  readonly bench: BenchFacts;
  readonly nowMs: number;
  readonly patience: Patience;
}

/** One thing that can be wrong with a machine; undefined where it is not. Pure. */
export type MachineRule = (view: MachineView) => Diagnosis | undefined;

export const diagnosis = (finding: Finding, ...evidence: readonly Evidence[]): Diagnosis => ({ ...finding, evidence });

/** As a person calls a file: "the kernel vmlinuz". */
export function fileInWords(kind: string, path: string): string {
  const name = path.split('/').at(-1) ?? path;
  const words: Readonly<Record<string, string>> = {
    loader: 'the loader',
    script: 'its boot script',
    kernel: 'the kernel',
    initrd: 'the initrd',
    system: 'the system file',
    image: 'the image',
  };
  const word = words[kind] ?? 'the file';
  return kind === 'script' ? word : `${word} ${name}`;
}
