import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect } from 'react';
import { useConnection, useHasSnapshot, useStation } from '../store/context.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { appMessages } from './messages.en.ts';
import { Shell } from './shell.tsx';
import { Waiting } from './waiting.tsx';
import { followSystemTheme } from './theme.ts';

/** The whole user interface: a screen that waits for the station, then the shell with its screens. */
export function App() {
  const hasSnapshot = useHasSnapshot();
  const connection = useConnection();
  const shown = hasSnapshot && connection.state !== 'refused';
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400}>
        <ToastProvider closeLabel={appMessages.close}>
          {shown ? (
            <>
              <Theme />
              <Shell />
            </>
          ) : (
            <Waiting />
          )}
        </ToastProvider>
      </Tooltip.Provider>
    </CSPProvider>
  );
}

function Theme() {
  const theme = useStation(({ settings }) => settings.theme);
  useEffect(() => followSystemTheme(window, theme), [theme]);
  return null;
}
