import { catalogueOf } from '../language/catalogue.ts';
import { monitorMessages } from './messages.en.ts';

export const monitorCatalogue = catalogueOf<typeof monitorMessages>({ en: monitorMessages });
