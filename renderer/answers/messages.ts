import { catalogueOf } from '../language/catalogue.ts';
import { answerMessages } from './messages.en.ts';

export const answerCatalogue = catalogueOf<typeof answerMessages>({ en: answerMessages });
