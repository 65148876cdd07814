import { type OpenBox, world } from './world.ts';

/** What belongs to the desktop around the windows: dialogs, menus, screens, sleep, the person's browser. */

function openBox<Value>(kind: OpenBox['kind'], options: Readonly<Record<string, unknown>>): Promise<Value> {
  return new Promise((resolve) => {
    const box: OpenBox = {
      kind,
      options,
      answer(value) {
        world.boxes = world.boxes.filter((open) => open !== box);
        resolve(value as Value);
      },
    };
    world.boxes.push(box);
  });
}

export const dialog = {
  showMessageBox: (_window: unknown, options: Readonly<Record<string, unknown>>) =>
    openBox<{ response: number }>('message', options),
  showOpenDialog: (_window: unknown, options: Readonly<Record<string, unknown>>) =>
    openBox<{ canceled: boolean; filePaths: string[] }>('open', options),
};

export const Menu = {
  buildFromTemplate: (template: readonly unknown[]): { template: readonly unknown[] } => ({ template }),
  setApplicationMenu(menu: unknown): void {
    world.menu = menu;
  },
};

let lastBlocker = 0;

export const powerSaveBlocker = {
  start(): number {
    world.blockers.add(++lastBlocker);
    return lastBlocker;
  },
  stop: (id: number): boolean => world.blockers.delete(id),
};

export const screen = { getAllDisplays: () => world.displays };

export const nativeTheme = { shouldUseDarkColors: false };

export const shell = {
  async openExternal(url: string): Promise<void> {
    world.openedOutside.push(url);
  },
};
