import { type Translation, catalogueOf } from '../language/catalogue.ts';
import { transportMessages } from './messages.en.ts';

export const transportCatalogue = catalogueOf<typeof transportMessages>({ en: transportMessages });

/** What the line says of itself where the station cannot say it. */
export type LineWords = Translation<typeof transportMessages>;
