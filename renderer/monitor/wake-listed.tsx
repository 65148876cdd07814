import { Power } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { useToast } from '../ui/toast.tsx';
import { monitorCatalogue } from './messages.ts';
import { useMayDecide } from './use-may-decide.ts';
import { useSayError } from './use-say-error.ts';
import styles from './waiting-for-machines.module.css';

/** Switches on the machines of the person's list, none of which was seen yet. */
export function WakeListed() {
  const words = useMessages(monitorCatalogue).keeping;
  const count = useStation(({ machines }) => machines.filter(({ macs }) => macs.length > 0).length);
  const mayDecide = useMayDecide();
  const wake = useCall('machines.wake');
  const { say } = useToast();
  useSayError(wake.error);
  if (count === 0 || !mayDecide) return null;
  return (
    <p className={styles.wake}>
      <Button
        icon={<Power aria-hidden />}
        busy={wake.busy}
        onClick={() => void wake.run({}).then((done) => done && say(words.woken))}
      >
        {words.wakeListed(count)}
      </Button>
    </p>
  );
}
