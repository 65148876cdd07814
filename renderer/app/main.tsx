import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { StoresProvider } from '../store/context.tsx';
import { createStationStore } from '../store/station-store.ts';
import { createWizardStore } from '../store/wizard-store.ts';
import { connect } from '../transport/connect.ts';
import { App } from './app.tsx';
import { showLastTheme } from './theme.ts';

// The content security policy forbids code made from text, which zod would otherwise try.
z.config({ jitless: true });

showLastTheme(window);
const transport = connect(window);
const stores = {
  transport,
  station: createStationStore(transport),
  wizard: createWizardStore(window.sessionStorage),
};

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <StoresProvider stores={stores}>
        <App />
      </StoresProvider>
    </StrictMode>,
  );
}
