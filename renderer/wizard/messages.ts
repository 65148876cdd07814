import { catalogueOf } from '../language/catalogue.ts';
import { wizardMessages } from './messages.en.ts';

export const wizardCatalogue = catalogueOf<typeof wizardMessages>({ en: wizardMessages });
