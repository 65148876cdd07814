import { Check, X } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { monitorCatalogue } from './messages.ts';
import { useSayError } from './use-say-error.ts';

interface ApprovalButtonsProps {
  readonly clientId: string;
  readonly title: string;
  readonly size?: 'small' | 'usual' | undefined;
  /** It was refused before, by mistake perhaps. */
  readonly isRefused?: boolean | undefined;
}

/** Lets one machine boot, or not. */
export function ApprovalButtons({ clientId, title, size = 'usual', isRefused = false }: ApprovalButtonsProps) {
  const words = useMessages(monitorCatalogue).approval;
  const approve = useCall('clients.approve');
  const refuse = useCall('clients.refuse');
  useSayError(approve.error ?? refuse.error);
  const name = inertText(title, 40);
  const clientIds = [clientId];
  return (
    <>
      <Button
        kind="primary"
        size={size}
        icon={<Check aria-hidden />}
        aria-label={words.approveName(name)}
        busy={approve.busy}
        onClick={() => void approve.run({ clientIds })}
      >
        {isRefused ? words.approveAfterAll : words.approve}
      </Button>
      {isRefused ? null : size === 'small' ? (
        <IconButton
          size="small"
          label={words.refuseName(name)}
          icon={<X aria-hidden />}
          busy={refuse.busy}
          onClick={() => void refuse.run({ clientIds })}
        />
      ) : (
        <Button
          size={size}
          aria-label={words.refuseName(name)}
          busy={refuse.busy}
          onClick={() => void refuse.run({ clientIds })}
        >
          {words.refuse}
        </Button>
      )}
    </>
  );
}
