import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { type ReactNode, useEffect } from 'react';
import { LanguageProvider, useMessages } from '../language/context.tsx';
import { languageOf } from '../language/language.ts';
import { lastLanguage, showLanguage } from '../language/shown-language.ts';
import { useConnection, useHasSnapshot, useSettings, useStation } from '../store/context.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { appCatalogue } from './messages.ts';
import { Shell } from './shell.tsx';
import { followSystemTheme } from './theme.ts';
import { Waiting } from './waiting.tsx';

/** The whole user interface: a screen that waits for the station, then the shell with its screens. */
export function App() {
  const hasSnapshot = useHasSnapshot();
  const connection = useConnection();
  const shown = hasSnapshot && connection.state !== 'refused';
  return (
    <CSPProvider disableStyleElements>
      <InLanguage>
        <Tooltip.Provider delay={400}>
          <Toasts>
            {shown ? (
              <>
                <Theme />
                <Shell />
              </>
            ) : (
              <Waiting />
            )}
          </Toasts>
        </Tooltip.Provider>
      </InLanguage>
    </CSPProvider>
  );
}

/** In the station's language; before it answers, in the one that it had last. */
function InLanguage({ children }: { readonly children: ReactNode }) {
  const settings = useSettings();
  const language = settings === undefined ? lastLanguage(window) : languageOf(settings.language);
  const isTold = settings !== undefined;
  useEffect(() => {
    if (isTold) showLanguage(window, language);
  }, [language, isTold]);
  return <LanguageProvider language={language}>{children}</LanguageProvider>;
}

function Toasts({ children }: { readonly children: ReactNode }) {
  return <ToastProvider closeLabel={useMessages(appCatalogue).close}>{children}</ToastProvider>;
}

function Theme() {
  const theme = useStation(({ settings }) => settings.theme);
  useEffect(() => followSystemTheme(window, theme), [theme]);
  return null;
}
