import { catalogueOf } from '../language/catalogue.ts';
import { libraryMessages } from './messages.en.ts';

export const libraryCatalogue = catalogueOf<typeof libraryMessages>({ en: libraryMessages });
