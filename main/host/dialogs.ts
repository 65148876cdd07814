import { type BrowserWindow, type MessageBoxOptions, dialog } from 'electron';

/** Undefined where the person changed their mind. */
export async function pickImage(window: BrowserWindow): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose an image',
    properties: ['openFile'],
    filters: [
      { name: 'Images', extensions: ['iso', 'img'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return canceled ? undefined : filePaths[0];
}

/** True where the person wants to end although machines are on their way. */
export async function confirmQuit(window: BrowserWindow, booting: number): Promise<boolean> {
  const machines = booting === 1 ? 'One machine is' : `${booting} machines are`;
  const { response } = await dialog.showMessageBox(window, {
    ...warning,
    message: booting === 0 ? 'A session is running.' : `${machines} still booting.`,
    detail: 'If you quit, the session ends and machines that still fetch files stop where they are.',
    buttons: ['Keep running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

export async function tellCrash(window: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(window, {
    ...failure,
    message: 'The station stopped unexpectedly and was started again.',
    detail: 'If a session was running, Fieldboot offers to resume it.',
    buttons: ['OK'],
  });
}

/** The two voices of an error: what happened, and what to do. */
export interface Reason {
  readonly title: string;
  readonly advice: string;
}

/** True where the person wants it tried once more; else they want to quit. */
export async function offerAnotherTry(
  window: BrowserWindow,
  reason: Reason | undefined,
  exitCode: number,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    ...failure,
    message: 'The station cannot run.',
    detail:
      reason === undefined
        ? `It stopped several times in a minute (exit code ${exitCode}). Machines are not served until it runs again.`
        : `${reason.title} ${reason.advice}`,
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

const warning = { type: 'warning', noLink: true } satisfies Partial<MessageBoxOptions>;
const failure = { type: 'error', noLink: true } satisfies Partial<MessageBoxOptions>;
