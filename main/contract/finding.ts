import { z } from 'zod';
import { findingCatalogue } from './finding-catalogue.ts';

export type FindingCode = keyof typeof findingCatalogue;

/** The facts a finding of this code is about. */
export type FindingData<Code extends FindingCode> = Parameters<(typeof findingCatalogue)[Code]['sentence']>[0];

export const findingCodes = Object.keys(findingCatalogue) as readonly FindingCode[];
const codeSchema = z.custom<FindingCode>(
  (value) => typeof value === 'string' && Object.hasOwn(findingCatalogue, value),
);

/** A diagnosis, as it is shown. */
export const findingSchema = z.object({
  code: codeSchema,
  sentence: z.string(),
  advice: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** The two voices of a finding about these facts. */
export function finding<Code extends FindingCode>(code: Code, data: FindingData<Code>): Finding {
  // The catalogue's functions take the data of their own code; the pairing is kept by this function's types.
  const { sentence, advice } = findingCatalogue[code] as {
    sentence: (data: FindingData<Code>) => string;
    advice: (data: FindingData<Code>) => string;
  };
  return { code, sentence: sentence(data), advice: advice(data) };
}

export const scopeOf = (code: FindingCode): 'machine' | 'bench' => findingCatalogue[code].scope;
