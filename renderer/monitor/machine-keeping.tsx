import { Power } from 'lucide-react';
import { useState } from 'react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useToast } from '../ui/toast.tsx';
import styles from './machine-keeping.module.css';
import { monitorCatalogue } from './messages.ts';
import { useSayError } from './use-say-error.ts';

/** What a person keeps for a machine, and switching it on from afar. */
export function MachineKeeping({ client }: { readonly client: MonitoredClient }) {
  const words = useMessages(monitorCatalogue).keeping;
  const { id: clientId, reservedAddress = '' } = client;
  const [address, setAddress] = useState(reservedAddress);
  const isRunning = useStation(({ session }) => session?.state === 'running' && !session.rehearsal);
  const reserve = useCall('clients.reserve');
  const wake = useCall('clients.wake');
  const { say } = useToast();
  useSayError(wake.error);
  const wanted = address.trim();
  return (
    <div className={styles.keeping}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void reserve.run({ clientId, address: wanted });
        }}
      >
        <Field label={words.address} hint={words.addressHint} error={reserve.error?.title}>
          {(control) => (
            <span className={styles.line}>
              <Input
                {...control}
                code
                maxLength={15}
                placeholder={client.address ?? '192.168.77.21'}
                value={address}
                onChange={({ target }) => {
                  reserve.forgetError();
                  setAddress(target.value);
                }}
              />
              <Button type="submit" busy={reserve.busy} disabled={wanted === reservedAddress}>
                {wanted === '' && reservedAddress !== '' ? words.free : words.keep}
              </Button>
            </span>
          )}
        </Field>
      </form>
      {isRunning && (
        <div className={styles.power}>
          <p className={styles.hint}>{words.wakeHint}</p>
          <Button
            size="small"
            icon={<Power aria-hidden />}
            busy={wake.busy}
            onClick={() => void wake.run({ clientIds: [clientId] }).then((done) => done && say(words.woken))}
          >
            {words.wake}
          </Button>
        </div>
      )}
    </div>
  );
}
