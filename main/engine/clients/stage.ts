/** The stages of one boot, in their order. */
export const stages = [
  'power-on',
  'dhcp',
  'loader',
  'menu',
  'kernel',
  'initrd',
  'system-files',
  'running',
  'done',
] as const;
export type Stage = (typeof stages)[number];

/** How a stage is known: from packets, from what the machine said of itself, or concluded. */
export type Evidence = 'seen' | 'reported' | 'inferred';

export const stageOrder = (stage: Stage): number => stages.indexOf(stage);
