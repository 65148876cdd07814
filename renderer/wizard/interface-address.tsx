import { useState } from 'react';
import type { NetworkInterface } from '../../main/contract/network.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft, useStation } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input } from '../ui/field.tsx';
import styles from './interface-address.module.css';
import { ipv4Of } from './interface-order.ts';
import { wizardCatalogue } from './messages.ts';
import { isAddressWithPrefix, proposeAddress } from './propose-address.ts';

/** The address that the station serves from: the interface's own, or one it gets for the session with one press. */
export function InterfaceAddress({ network }: { readonly network: NetworkInterface }) {
  const words = useMessages(wizardCatalogue).network.address;
  const { address } = useDraft();
  const change = useChangeDraft();
  const interfaces = useStation((station) => station.interfaces);
  const canAssign = useStation(({ station }) => station.capabilities.assignAddress);
  const [typed, setTyped] = useState<string>();
  const own = ipv4Of(network);
  const proposed = proposeAddress(interfaces);
  const give = (value: string): void => {
    setTyped(undefined);
    change((draft) => ({ ...draft, address: value }));
  };

  if (own !== undefined) {
    return (
      <Card className={styles.row}>
        <Words title={`${own.address}/${own.prefixLength}`} text={words.has} />
      </Card>
    );
  }
  if (!canAssign) {
    return (
      <Card tone="waiting" className={styles.row}>
        <Words title={words.needs} text={words.cannot} />
      </Card>
    );
  }
  if (typed !== undefined) {
    const isWrong = typed !== '' && !isAddressWithPrefix(typed);
    const accept = (): void => {
      if (isAddressWithPrefix(typed)) give(typed);
    };
    return (
      <Card className={styles.row}>
        <Field
          className={styles.words}
          label={words.label}
          hint={words.hint}
          error={isWrong ? words.invalid : undefined}
        >
          {(control) => (
            <Input
              {...control}
              code
              // The person asked for this field a moment ago.
              autoFocus
              value={typed}
              maxLength={18}
              onChange={({ target }) => setTyped(target.value.trim())}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                accept();
              }}
            />
          )}
        </Field>
        <Button kind="primary" disabled={!isAddressWithPrefix(typed)} onClick={accept}>
          {words.give(isAddressWithPrefix(typed) ? typed : '…')}
        </Button>
      </Card>
    );
  }
  return address === undefined ? (
    <Card tone="waiting" className={styles.row}>
      <Words title={words.needs} text={words.needsText} />
      <Button kind="quiet" onClick={() => setTyped(proposed)}>
        {words.own}
      </Button>
      <Button kind="primary" onClick={() => give(proposed)}>
        {words.give(proposed)}
      </Button>
    </Card>
  ) : (
    <Card className={styles.row}>
      <Words title={words.given(address)} text={words.givenText} />
      <Button kind="quiet" onClick={() => setTyped(address)}>
        {words.change}
      </Button>
    </Card>
  );
}

function Words({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className={styles.words}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
    </div>
  );
}
