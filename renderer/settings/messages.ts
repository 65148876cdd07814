import { catalogueOf } from '../language/catalogue.ts';
import { settingsMessages } from './messages.en.ts';

export const settingsCatalogue = catalogueOf<typeof settingsMessages>({ en: settingsMessages });
