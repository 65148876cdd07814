import { catalogueOf } from '../language/catalogue.ts';
import { appMessages } from './messages.en.ts';
import { sharedMessages } from './messages.shared.en.ts';

export const appCatalogue = catalogueOf<typeof appMessages>({ en: appMessages });
export const sharedCatalogue = catalogueOf<typeof sharedMessages>({ en: sharedMessages });
