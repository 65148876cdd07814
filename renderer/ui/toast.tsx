import { Toast as BaseToast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import styles from './toast.module.css';

/** `say` shows a line for a few seconds: something was done, and nothing needs to be done about it. */
export function useToast(): { say: (title: string, description?: string) => void } {
  const { add } = BaseToast.useToastManager();
  return {
    say: (title, description) => {
      add(description === undefined ? { title } : { title, description });
    },
  };
}

export function ToastProvider({ closeLabel, children }: { readonly closeLabel: string; readonly children: ReactNode }) {
  return (
    <BaseToast.Provider>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className={styles.viewport}>
          <Toasts closeLabel={closeLabel} />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

function Toasts({ closeLabel }: { readonly closeLabel: string }) {
  const { toasts } = BaseToast.useToastManager();
  return toasts.map((toast) => (
    <BaseToast.Root key={toast.id} toast={toast} className={styles.toast}>
      <BaseToast.Content className={styles.content}>
        <BaseToast.Title className={styles.title} />
        <BaseToast.Description className={styles.description} />
      </BaseToast.Content>
      <BaseToast.Close render={<IconButton size="small" label={closeLabel} icon={<X aria-hidden />} />} />
    </BaseToast.Root>
  ));
}
