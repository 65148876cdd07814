import { catalogueOf } from '../language/catalogue.ts';
import { sessionsMessages } from './messages.en.ts';

export const sessionsCatalogue = catalogueOf<typeof sessionsMessages>({ en: sessionsMessages });
