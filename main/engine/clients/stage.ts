import { type Evidence, type Stage, stageSchema } from '../../contract/session.ts';

export type { Evidence, Stage };

/** The stages of one boot, in their order. */
export const stageOrder = (stage: Stage): number => stageSchema.options.indexOf(stage);
