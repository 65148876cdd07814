import { catalogueOf } from '../language/catalogue.ts';
import { profileMessages } from './messages.en.ts';

export const profileCatalogue = catalogueOf<typeof profileMessages>({ en: profileMessages });
