import type { ApprovalPolicy } from '../../contract/session.ts';
import { approvalCode, typedCode } from './approval-code.ts';

export type ApprovalState = 'approved' | 'waiting' | 'refused';

/** A flood of made-up MACs must not eat memory; the codes given longest ago are forgotten first. */
const MOST_CODES = 4096;

/**
 * Which machines of a session may boot. Pure state: no clock, no sockets; the salt of the codes comes from outside.
 * A person's word counts more than the policy.
 */
export class Approvals {
  readonly #policy: ApprovalPolicy;
  readonly #listed: ReadonlySet<string>;
  readonly #salt: string;
  readonly #decided = new Map<string, 'approved' | 'refused'>();
  readonly #codeByMac = new Map<string, string>();
  readonly #macByCode = new Map<string, string>();

  constructor(policy: ApprovalPolicy, sessionSalt: string) {
    this.#policy = policy;
    this.#listed = new Set(policy.kind === 'listed' ? policy.macs : []);
    this.#salt = sessionSalt;
  }

  stateOf(mac: string): ApprovalState {
    const decided = this.#decided.get(mac);
    if (decided !== undefined) return decided;
    switch (this.#policy.kind) {
      case 'every-machine':
        return 'approved';
      case 'approved':
        return 'waiting';
      case 'listed':
        return this.#listed.has(mac) ? 'approved' : 'refused';
      default:
        return this.#policy satisfies never;
    }
  }

  /** The code of a machine, given at the first asking and the same from then on; no two machines have one at once. */
  codeOf(mac: string): string {
    const known = this.#codeByMac.get(mac);
    if (known !== undefined) return known;
    let attempt = 0;
    let code = approvalCode(mac, this.#salt, attempt);
    while (this.#macByCode.has(code)) code = approvalCode(mac, this.#salt, ++attempt);
    this.#codeByMac.set(mac, code);
    this.#macByCode.set(code, mac);
    if (this.#codeByMac.size > MOST_CODES) this.#forgetEldestCode();
    return code;
  }

  /** The machine that was given this code, as a person types it. */
  macOfCode(text: string): string | undefined {
    return this.#macByCode.get(typedCode(text));
  }

  approve(mac: string): void {
    this.#decided.set(mac, 'approved');
  }

  refuse(mac: string): void {
    this.#decided.set(mac, 'refused');
  }

  #forgetEldestCode(): void {
    const [eldest] = this.#codeByMac;
    if (eldest === undefined) return;
    this.#codeByMac.delete(eldest[0]);
    this.#macByCode.delete(eldest[1]);
  }
}
