import type { CallValue } from '../../main/contract/calls.ts';
import type { ApprovalPolicy, AfterBoot, ServingMode, SessionDraft } from '../../main/contract/session.ts';
import type { NetworkInterface } from '../../main/contract/network.ts';
import type { LibraryImage, StationState } from '../../main/contract/state.ts';

export const wizardSteps = ['image', 'network', 'boot', 'start'] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** What the person has chosen so far, in whatever order. Nothing of it is lost by going back. */
export interface WizardDraft {
  readonly step: WizardStep;
  readonly imageId?: string | undefined;
  readonly interfaceName?: string | undefined;
  /** Address to give that interface while the session runs. */
  readonly address?: string | undefined;
  /** Absent while what else is on the wire decides. */
  readonly mode?: ServingMode | undefined;
  readonly entryId?: string | undefined;
  /** The person's own kernel command line instead of the entry's. */
  readonly commandLine?: string | undefined;
  readonly extraArguments: string;
  /** An answer file of the library, and the values that it asks for. */
  readonly answer?: { readonly answerId: string; readonly variables: Readonly<Record<string, string>> } | undefined;
  /** What the answer file must not show, by name. Never written down. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** Absent while the image's own nature decides. */
  readonly approval?: ApprovalPolicy['kind'] | undefined;
  /** As typed, one a line. */
  readonly listedMacs: string;
  /** As typed: names of makers between commas, and how many machines. */
  readonly ruleVendors: string;
  readonly ruleFirst: string;
  readonly ruleMachineList: boolean;
  /** Absent while the entry's own nature decides. */
  readonly afterBoot?: AfterBoot | undefined;
  readonly override: boolean;
  /** The profile that it began with. */
  readonly profileId?: string | undefined;
  /** The ended session that the person is done looking at: the wizard shows in its place. */
  readonly leftSessionId?: string | undefined;
}

export const emptyDraft: WizardDraft = {
  step: 'image',
  extraArguments: '',
  listedMacs: '',
  ruleVendors: '',
  ruleFirst: '',
  ruleMachineList: false,
  override: false,
};

/** The choices of an earlier session once more, ready to be looked over. */
export function draftAgain(earlier: SessionDraft): WizardDraft {
  const { imageId, interfaceName, address, mode, entryId, commandLine, extraArguments, answer, approval, afterBoot } =
    earlier;
  return {
    step: 'start',
    imageId,
    interfaceName,
    address,
    mode: mode === 'auto' ? undefined : mode,
    entryId,
    commandLine,
    extraArguments,
    answer,
    ...policyAgain(approval),
    afterBoot,
    override: false,
  };
}

/** A policy as the wizard holds it. */
function policyAgain(
  approval: ApprovalPolicy | undefined,
): Pick<WizardDraft, 'approval' | 'listedMacs' | 'ruleVendors' | 'ruleFirst' | 'ruleMachineList'> {
  return {
    approval: approval?.kind,
    listedMacs: approval?.kind === 'listed' ? approval.macs.join('\n') : '',
    ruleVendors: approval?.kind === 'rules' ? approval.vendors.join(', ') : '',
    ruleFirst: approval?.kind === 'rules' && approval.first > 0 ? String(approval.first) : '',
    ruleMachineList: approval?.kind === 'rules' && approval.machineList,
  };
}

/** What a profile says, with the network and the secrets left to the person. */
export function draftOfProfile(draft: WizardDraft, said: CallValue<'profiles.choose'>, profileId: string): WizardDraft {
  const { imageId, entryId, commandLine, extraArguments, answer, approval, afterBoot } = said;
  return {
    ...draft,
    step: 'image',
    profileId,
    imageId,
    entryId,
    commandLine,
    extraArguments,
    answer,
    secrets: undefined,
    ...policyAgain(approval),
    afterBoot,
    override: false,
  };
}

/** Another image has other entries, and may call for another policy. */
export function withImage(draft: WizardDraft, imageId: string): WizardDraft {
  if (draft.imageId === imageId) return draft;
  return { ...withEntry(draft, undefined), imageId, override: false };
}

/** What was written or allowed for one entry is not meant for another. */
export function withEntry(draft: WizardDraft, entryId: string | undefined): WizardDraft {
  return { ...draft, entryId, commandLine: undefined, approval: undefined, afterBoot: undefined };
}

/** What was said about one network does not hold on another. */
export function withInterface(draft: WizardDraft, interfaceName: string): WizardDraft {
  return draft.interfaceName === interfaceName
    ? draft
    : { ...draft, interfaceName, address: undefined, mode: undefined, override: false };
}

/** To start all the same beside another server means to give out addresses oneself; to think better of it, to go by what is found. */
export function withOverride(draft: WizardDraft, override: boolean, isBesideServer: boolean): WizardDraft {
  const { mode } = draft;
  if (override) return { ...draft, override, mode: isBesideServer ? 'dhcp' : mode };
  return { ...draft, override, mode: mode === 'dhcp' ? undefined : mode };
}

const macPattern = /^([0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/;

/** The MAC addresses in a text, however they are separated and written, and what is none. */
export function parseMacs(text: string): { macs: string[]; invalid: string[] } {
  const words = text.toLowerCase().split(/[\s,;]+/).filter((word) => word !== ''); // prettier-ignore
  const macs = new Set<string>();
  const invalid: string[] = [];
  for (const word of words) {
    const compact = word.replaceAll('.', '');
    if (macPattern.test(compact)) macs.add(compact.replaceAll(/[:-]/g, '').match(/../g)?.join(':') ?? '');
    else invalid.push(word);
  }
  return { macs: [...macs], invalid };
}

export type Lacking = 'image' | 'netboot' | 'interface' | 'entry' | 'macs' | 'rule';

/** The draft as the station takes it, with the defaults that follow from image and network; or what is still lacking. */
export function completeDraft(
  draft: WizardDraft,
  station: Pick<StationState, 'images' | 'interfaces'>,
): { draft: SessionDraft } | { lacking: Lacking } {
  const image = chosenImage(draft, station.images);
  if (image === undefined) return { lacking: 'image' };
  if (image.description?.netboot?.possible === false) return { lacking: 'netboot' };
  const network = chosenInterface(draft, station.interfaces);
  if (network === undefined) return { lacking: 'interface' };
  // It may have got an address of its own since one was chosen for it.
  const needsAddress = !network.addresses.some(({ family }) => family === 'IPv4');
  const entry = chosenEntry(draft, image);
  if (entry === undefined) return { lacking: 'entry' };
  const kind = draft.approval ?? proposedApproval(entry.destructive);
  const { macs, invalid } = parseMacs(draft.listedMacs);
  if (kind === 'listed' && (macs.length === 0 || invalid.length > 0)) return { lacking: 'macs' };
  if (kind === 'rules' && !hasRule(draft)) return { lacking: 'rule' };
  return {
    draft: {
      imageId: image.id,
      interfaceName: network.name,
      ...(needsAddress && draft.address !== undefined ? { address: draft.address } : {}),
      ...(draft.mode === undefined ? {} : { mode: draft.mode }),
      entryId: entry.id,
      ...(draft.commandLine === undefined ? {} : { commandLine: draft.commandLine }),
      extraArguments: draft.extraArguments.trim(),
      ...(draft.answer === undefined ? {} : { answer: { ...draft.answer } }),
      approval: policyOf(kind, draft, macs),
      afterBoot: draft.afterBoot ?? proposedAfterBoot(entry.destructive),
      override: draft.override,
    },
  };
}

function policyOf(kind: ApprovalPolicy['kind'], draft: WizardDraft, macs: string[]): ApprovalPolicy {
  if (kind === 'listed') return { kind, macs };
  if (kind !== 'rules') return { kind };
  return {
    kind,
    macs: [],
    vendors: parseVendors(draft.ruleVendors).vendors,
    first: parseFirst(draft.ruleFirst) ?? 0,
    machineList: draft.ruleMachineList,
  };
}

function hasRule({ ruleVendors, ruleFirst, ruleMachineList }: WizardDraft): boolean {
  const { vendors, invalid } = parseVendors(ruleVendors);
  const first = parseFirst(ruleFirst);
  if (first === undefined || invalid.length > 0) return false;
  return vendors.length > 0 || first > 0 || ruleMachineList;
}

const LONGEST_VENDOR = 64;
const MOST_VENDORS = 32;

/** Names of makers between commas, and what is too short or too long to be one. */
export function parseVendors(text: string): { vendors: string[]; invalid: string[] } {
  const words = text.split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== ''); // prettier-ignore
  const isVendor = (word: string): boolean => word.length > 1 && word.length <= LONGEST_VENDOR;
  const vendors = [...new Set(words.filter(isVendor))];
  return { vendors: vendors.slice(0, MOST_VENDORS), invalid: words.filter((word) => !isVendor(word)) };
}

/** How many machines: 0 where nothing is written, undefined where that is no number of machines. */
export function parseFirst(text: string): number | undefined {
  const digits = text.trim();
  if (digits === '') return 0;
  return /^\d{1,4}$/.test(digits) && Number(digits) <= 4096 ? Number(digits) : undefined;
}

/** Undefined also where the chosen one left the library, or cannot be used. */
export function chosenImage(draft: WizardDraft, images: readonly LibraryImage[]): LibraryImage | undefined {
  return images.find(({ id, state, description }) => id === draft.imageId && state === 'ready' && description);
}

export function chosenInterface(draft: WizardDraft, interfaces: StationState['interfaces']) {
  return interfaces.find((one) => one.name === draft.interfaceName && (canBeChosen(one) || draft.override));
}

/**
 * Also a wired one whose cable is not in yet, or which leads to a network that others use: everything can be got ready, and the
 * checks keep Start off until there is a link, and a server of that network for the addresses.
 */
export function canBeChosen({ fit, kind, partOf }: NetworkInterface): boolean {
  return fit || (kind === 'wired' && partOf === undefined);
}

export function chosenEntry(draft: WizardDraft, image: LibraryImage) {
  const { entries = [], defaultEntryId, answerFileArguments } = image.description ?? {};
  const wanted = draft.entryId ?? defaultEntryId;
  const entry = entries.find(({ id }) => id === wanted);
  // An answer file may tell even a live system to erase disks.
  const isAnswered = draft.answer !== undefined && answerFileArguments !== undefined;
  return entry === undefined || !isAnswered ? entry : { ...entry, destructive: true };
}

/** Nothing that can change a disk starts on a machine that nobody looked at. */
export const proposedApproval = (destructive: boolean): ApprovalPolicy['kind'] =>
  destructive ? 'approved' : 'every-machine';

/** What was installed starts from its disk; what only looks at a machine is wanted at every power-on. */
export const proposedAfterBoot = (destructive: boolean): AfterBoot => (destructive ? 'local-disk' : 'boot-again');
