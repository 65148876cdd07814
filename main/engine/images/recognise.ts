import { type ImageFacts, sentenceOfLabel, sentenceOfText } from './image-facts.ts';
import type { BootRecipe, Family, Identity } from './recipe.ts';

/** A recipe that fits an image, and why. */
export interface Recognition {
  readonly id: string;
  readonly mechanism: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly boot: BootRecipe;
  readonly evidence: readonly string[];
  /** What the image was known by. */
  readonly knownBy: 'named' | 'layout' | 'menu';
}

/**
 * Every recipe that fits, the best first. Two stages, because layouts are shared by siblings and names lie: the layout tells the
 * family and with it the mechanism, then label and text files tell the identity. A known identity beats a bare layout.
 */
export async function recognise(facts: ImageFacts, families: readonly Family[]): Promise<Recognition[]> {
  const found: { recognition: Recognition; rank: number; priority: number }[] = [];
  for (const family of families) {
    const layoutEvidence = await firstLayout(facts, family);
    if (layoutEvidence === undefined) continue;
    const identity = await firstIdentity(facts, family);
    const recognition =
      identity === undefined
        ? await asOtherwise(facts, family, layoutEvidence)
        : await asIdentity(facts, family, identity, layoutEvidence);
    if (recognition === undefined) continue;
    found.push({ recognition, rank: identity === undefined ? 1 : 0, priority: family.priority });
  }
  return found.sort((a, b) => a.rank - b.rank || a.priority - b.priority).map(({ recognition }) => recognition);
}

async function firstLayout(facts: ImageFacts, family: Family): Promise<string[] | undefined> {
  for (const layout of family.layouts) {
    const evidence = await facts.fits(layout);
    if (evidence !== undefined) return evidence;
  }
  return undefined;
}

interface IdentityFound {
  readonly identity: Identity;
  readonly evidence: readonly string[];
  readonly knownBy: 'named' | 'layout';
}

async function firstIdentity(facts: ImageFacts, family: Family): Promise<IdentityFound | undefined> {
  for (const identity of family.identities) {
    const evidence = await identityEvidence(facts, identity);
    if (evidence !== undefined) return { identity, ...evidence };
  }
  return undefined;
}

async function identityEvidence(
  facts: ImageFacts,
  identity: Identity,
): Promise<Pick<IdentityFound, 'evidence' | 'knownBy'> | undefined> {
  const layout = identity.layout === undefined ? [] : await facts.fits(identity.layout);
  if (layout === undefined) return undefined;
  const said: string[] = [];
  if (identity.text !== undefined) {
    const text = await facts.matchText(identity.text.file, identity.text.regex);
    if (text !== undefined) said.push(sentenceOfText(text.path, text.match));
  }
  if (identity.label !== undefined && new RegExp(identity.label, 'im').test(facts.fs.volumeLabel)) {
    said.push(sentenceOfLabel(facts.fs.volumeLabel));
  }
  if (said.length > 0) return { evidence: [...said, ...layout], knownBy: 'named' };
  const needsWord = identity.text !== undefined || identity.label !== undefined;
  if (needsWord) return undefined;
  const isNamed = identity.layout?.text !== undefined || identity.layout?.label !== undefined;
  return { evidence: layout, knownBy: isNamed ? 'named' : 'layout' };
}

async function asIdentity(
  facts: ImageFacts,
  family: Family,
  { identity, evidence, knownBy }: IdentityFound,
  layoutEvidence: readonly string[],
): Promise<Recognition> {
  const version = await facts.tell([...identity.version, ...family.version]);
  const name = identity.name
    .replace('{version}', version ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const all = [...new Set([...evidence, ...layoutEvidence])];
  const { mechanism } = family;
  return { id: identity.id, mechanism, name, version, boot: bootOf(family, identity), evidence: all, knownBy };
}

async function asOtherwise(
  facts: ImageFacts,
  family: Family,
  evidence: readonly string[],
): Promise<Recognition | undefined> {
  const { otherwise } = family;
  if (otherwise === undefined) return undefined;
  const name = (await facts.tell(otherwise.nameFrom)) ?? otherwise.name;
  const version = await facts.tell(family.version);
  const knownBy = evidence.length === 0 ? 'menu' : 'layout';
  return {
    id: otherwise.id,
    mechanism: family.mechanism,
    name,
    version,
    boot: bootOf(family, undefined),
    evidence,
    knownBy,
  };
}

const bootOf = (family: Family, identity: Identity | undefined): BootRecipe => ({
  find: { ...family.find, ...identity?.find },
  menu: identity?.menu ?? family.menu,
  entries: identity?.entries ?? family.entries,
  ownEntries: identity?.ownEntries ?? family.ownEntries,
  memory: identity?.memory ?? family.memory,
  // Entries of its own are a way where its family has none.
  cannot: identity?.cannot ?? (identity?.entries === undefined ? family.cannot : undefined),
  answerFile: identity?.answerFile ?? family.answerFile,
  rewrites: identity?.rewrites ?? family.rewrites,
  warnings: [...family.warnings, ...(identity?.warnings ?? [])],
  confidence: identity?.confidence ?? family.confidence,
});
