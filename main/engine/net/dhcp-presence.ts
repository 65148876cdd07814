import { StationError } from '../../contract/errors.ts';
import type { EmitEvent } from '../../contract/events.ts';
import type { ForeignServer } from '../../contract/session.ts';

/** Tells, look by look, when the DHCP server that machines depend on is not there, and when it is there again. */
export function tellDhcpPresence(interfaceName: string, emit: EmitEvent): (servers: readonly ForeignServer[]) => void {
  let isMissing = false;
  return (servers) => {
    const wasMissing = isMissing;
    isMissing = !servers.some(({ kind }) => kind === 'dhcp');
    if (isMissing === wasMissing) return;
    const { code, title, advice } = new StationError('E_NO_DHCP_SERVER', { name: interfaceName });
    if (isMissing) emit({ type: 'engine.trouble', code, title, advice });
    else emit({ type: 'engine.trouble-over', code, title: `A DHCP server answers on ${interfaceName} again.` });
  };
}
