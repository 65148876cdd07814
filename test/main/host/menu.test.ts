import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../main/host/menu.ts';

function roles(platform: NodeJS.Platform, isPackaged: boolean): string[] {
  return menuTemplate(platform, isPackaged)
    .flatMap(({ role, submenu }) => [role, ...(Array.isArray(submenu) ? submenu.map(({ role }) => role) : [])])
    .filter((role) => role !== undefined);
}

describe('menuTemplate', () => {
  it('begins with what the platform begins with', () => {
    expect(roles('darwin', true)[0]).toBe('appMenu');
    expect(roles('linux', true)[0]).toBe('fileMenu');
    expect(roles('win32', true)[0]).toBe('fileMenu');
  });

  it.each(['darwin', 'linux', 'win32'] as const)('has the keys that people expect on %s', (platform) => {
    expect(roles(platform, true)).toEqual(expect.arrayContaining(['editMenu', 'windowMenu', 'reload', 'zoomIn']));
  });

  it('has developer tools only where it is developed', () => {
    expect(roles('linux', false)).toContain('toggleDevTools');
    expect(roles('linux', true)).not.toContain('toggleDevTools');
  });
});
