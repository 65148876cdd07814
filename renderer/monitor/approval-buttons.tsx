import { Check, X } from 'lucide-react';
import { useEffect } from 'react';
import { useCall } from '../store/use-call.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { useToast } from '../ui/toast.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { monitorMessages } from './messages.en.ts';

const words = monitorMessages.approval;

interface ApprovalButtonsProps {
  readonly mac: string;
  readonly title: string;
  readonly size?: 'small' | 'usual' | undefined;
  /** It was refused before, by mistake perhaps. */
  readonly isRefused?: boolean | undefined;
}

/** Lets one machine boot, or not. */
export function ApprovalButtons({ mac, title, size = 'usual', isRefused = false }: ApprovalButtonsProps) {
  const approve = useCall('clients.approve');
  const refuse = useCall('clients.refuse');
  const { say } = useToast();
  const error = approve.error ?? refuse.error;
  useEffect(() => {
    if (error !== undefined) say(error.title, error.advice);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `say` is new at every turn; each error is said once
  }, [error]);
  const name = inertText(title, 40);
  const macs = [mac];
  return (
    <>
      <Button
        kind="primary"
        size={size}
        icon={<Check aria-hidden />}
        aria-label={words.approveName(name)}
        busy={approve.busy}
        onClick={() => void approve.run({ macs })}
      >
        {isRefused ? words.approveAfterAll : words.approve}
      </Button>
      {isRefused ? null : size === 'small' ? (
        <IconButton
          size="small"
          label={words.refuseName(name)}
          icon={<X aria-hidden />}
          busy={refuse.busy}
          onClick={() => void refuse.run({ macs })}
        />
      ) : (
        <Button
          size={size}
          aria-label={words.refuseName(name)}
          busy={refuse.busy}
          onClick={() => void refuse.run({ macs })}
        >
          {words.refuse}
        </Button>
      )}
    </>
  );
}
