import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomically } from '../engine/atomic-file.ts';

/** Where the window was when it was last closed. */
const windowStateSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(800).max(10_000),
  height: z.int().min(600).max(10_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const firstState: WindowState = { width: 1280, height: 800, maximized: false };

/** The stored place where some screen still shows it, else the middle of the screen. Pure. */
export function fittingState(stored: WindowState | undefined, screens: readonly Area[]): WindowState {
  if (stored === undefined) return firstState;
  const { x, y, width, height, maximized } = stored;
  if (x === undefined || y === undefined) return stored;
  // Enough of its title bar to take hold of.
  const isVisible = screens.some(
    (screen) =>
      x + 100 < screen.x + screen.width &&
      x + width - 100 > screen.x &&
      y >= screen.y &&
      y + 40 < screen.y + screen.height,
  );
  return isVisible ? stored : { width, height, maximized };
}

export function readWindowState(file: string): WindowState | undefined {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

export const writeWindowState = (file: string, state: WindowState): Promise<void> =>
  writeFileAtomically(file, JSON.stringify(state));
