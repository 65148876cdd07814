import type { BootPlan } from '../boot/plan.ts';
import type { DhcpRequest } from './message.ts';

/** As many as the clients that the session can tell apart. */
const MOST_OFFERS = 4096;

/**
 * What was offered is what is acknowledged, though the plan may have changed in between: EDK2 keeps both packets and
 * takes its boot file from either.
 */
export class OfferedPlans {
  readonly #plans = new Map<string, { transactionId: number; plan: BootPlan }>();

  keep({ clientKey, packet }: DhcpRequest, plan: BootPlan): void {
    this.#plans.delete(clientKey);
    this.#plans.set(clientKey, { transactionId: packet.xid, plan });
    const [eldest] = this.#plans.keys();
    if (this.#plans.size > MOST_OFFERS && eldest !== undefined) this.#plans.delete(eldest);
  }

  /** Of the same exchange. */
  take({ clientKey, packet }: DhcpRequest): BootPlan | undefined {
    const kept = this.#plans.get(clientKey);
    return kept?.transactionId === packet.xid ? kept.plan : undefined;
  }

  /** Whether this client was ever offered something. */
  has({ clientKey }: DhcpRequest): boolean {
    return this.#plans.has(clientKey);
  }
}
