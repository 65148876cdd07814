import type { ApprovalPolicy } from '../../contract/session.ts';
import { approvalCode, typedCode } from './approval-code.ts';

export type ApprovalState = 'approved' | 'waiting' | 'refused';

/** What the rules of a session go by. */
export interface ApprovalFacts {
  /** The client's. */
  readonly id: string;
  readonly macs: readonly string[];
  /** Who made its network adapter, and who made the machine, where that is known. */
  readonly vendor?: string | undefined;
  readonly manufacturer?: string | undefined;
  /** Whether it stands on the person's list of machines. */
  readonly isListed?: boolean | undefined;
  /** True once its loader asks: it is no passing device, and counts as one of the first. */
  readonly asksToBoot?: boolean | undefined;
}

/** A flood of made-up machines must not eat memory; what was given longest ago is forgotten first. */
const MOST_CODES = 4096;

/**
 * Which machines of a session may boot, by the ids of clients. Pure state: no clock, no sockets; the salt of the codes comes from
 * outside. A person's word counts more than the policy.
 */
export class Approvals {
  readonly #policy: ApprovalPolicy;
  readonly #listed: ReadonlySet<string>;
  readonly #salt: string;
  readonly #decided = new Map<string, 'approved' | 'refused'>();
  /** Those that were among the first, in order. */
  readonly #first = new Set<string>();
  readonly #codeById = new Map<string, string>();
  readonly #idByCode = new Map<string, string>();

  constructor(policy: ApprovalPolicy, sessionSalt: string) {
    this.#policy = policy;
    this.#listed = new Set(policy.kind === 'listed' || policy.kind === 'rules' ? policy.macs : []);
    this.#salt = sessionSalt;
  }

  /** A person's word about this machine. */
  decisionOn(id: string): 'approved' | 'refused' | undefined {
    return this.#decided.get(id);
  }

  stateOf(facts: ApprovalFacts): ApprovalState {
    const decided = this.decisionOn(facts.id);
    if (decided !== undefined) return decided;
    switch (this.#policy.kind) {
      case 'every-machine':
        return 'approved';
      case 'approved':
        return 'waiting';
      case 'listed':
        return this.#isOnList(facts) ? 'approved' : 'refused';
      case 'rules':
        return this.#isByRule(this.#policy, facts) ? 'approved' : 'waiting';
      default:
        return this.#policy satisfies never;
    }
  }

  /** The code of a machine, given at the first asking and the same from then on; no two machines have one at once. */
  codeOf(id: string): string {
    const known = this.#codeById.get(id);
    if (known !== undefined) return known;
    let attempt = 0;
    let code = approvalCode(id, this.#salt, attempt);
    while (this.#idByCode.has(code)) code = approvalCode(id, this.#salt, ++attempt);
    this.#codeById.set(id, code);
    this.#idByCode.set(code, id);
    if (this.#codeById.size > MOST_CODES) this.#forgetEldestCode();
    return code;
  }

  /** The machine that was given this code, as a person types it. */
  idOfCode(text: string): string | undefined {
    return this.#idByCode.get(typedCode(text));
  }

  approve(id: string): void {
    this.#decided.set(id, 'approved');
  }

  refuse(id: string): void {
    this.#decided.set(id, 'refused');
  }

  /** Two clients turned out to be one machine: a person's word about the machine itself counts more. */
  merge(from: string, into: string): void {
    const decided = this.#decided.get(from);
    if (decided !== undefined && !this.#decided.has(into)) this.#decided.set(into, decided);
    this.#decided.delete(from);
    if (this.#first.delete(from)) this.#first.add(into);
    const code = this.#codeById.get(from);
    if (code === undefined) return;
    // Its screen may still show this code.
    this.#codeById.delete(from);
    this.#idByCode.set(code, into);
    if (!this.#codeById.has(into)) this.#codeById.set(into, code);
  }

  #isOnList = ({ macs }: ApprovalFacts): boolean => macs.some((mac) => this.#listed.has(mac));

  #isByRule(rules: Extract<ApprovalPolicy, { kind: 'rules' }>, facts: ApprovalFacts): boolean {
    if (this.#isOnList(facts) || (rules.machineList && facts.isListed === true)) return true;
    if (rules.vendors.some((vendor) => isVendor(vendor, facts))) return true;
    if (facts.asksToBoot === true && this.#first.size < rules.first) this.#first.add(facts.id);
    return this.#first.has(facts.id);
  }

  #forgetEldestCode(): void {
    const [eldest] = this.#codeById;
    if (eldest === undefined) return;
    this.#codeById.delete(eldest[0]);
    this.#idByCode.delete(eldest[1]);
  }
}

/** "dell" is "Dell Inc." and "Dell Technologies", and not "Idella": words are compared from their beginning. */
function isVendor(wanted: string, { macs, vendor, manufacturer }: ApprovalFacts): boolean {
  const word = wanted.trim().toLowerCase();
  // The first bytes of a MAC, as makers are told apart where no name is known.
  if (/^[0-9a-f]{2}(:[0-9a-f]{2}){1,4}$/.test(word)) return macs.some((mac) => mac.startsWith(`${word}:`));
  return [vendor, manufacturer].some((name) => name !== undefined && ` ${name.toLowerCase()}`.includes(` ${word}`));
}
