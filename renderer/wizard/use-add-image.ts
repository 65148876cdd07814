import { useState } from 'react';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';

type Trouble = { readonly code: string; readonly title: string; readonly advice: string };

export interface AddImage {
  readonly busy: 'no' | 'locating' | 'reading';
  readonly trouble: Trouble | undefined;
  /** Where the same image is already, which was added once more. */
  readonly alreadyAt: string | undefined;
  /** Name of a dropped file whose path a browser did not tell and that was found nowhere. */
  readonly notLocated: string | undefined;
  /** The station's own folders are to be looked through, as there is no native dialog. */
  readonly isBrowsing: boolean;
  readonly drop: (file: File) => Promise<void>;
  readonly browse: () => Promise<void>;
  readonly stopBrowsing: () => void;
  readonly addPath: (path: string) => Promise<void>;
}

/** The ways an image gets into the library. `onAdded` gets its id. */
export function useAddImage(onAdded: (imageId: string) => void): AddImage {
  const hasDialogs = useStation(({ station }) => station.capabilities.nativeDialogs);
  const add = useCall('images.add');
  const pick = useCall('images.pick');
  const locate = useCall('files.locate');
  const [notLocated, setNotLocated] = useState<string>();
  const [isBrowsing, setIsBrowsing] = useState(false);

  const forget = (): void => {
    setNotLocated(undefined);
    for (const call of [add, pick, locate]) call.forgetError();
  };
  const addPath = async (path: string): Promise<void> => {
    forget();
    setIsBrowsing(false);
    const added = await add.run({ path });
    if (added !== undefined) onAdded(added.imageId);
  };
  return {
    busy: add.busy ? 'reading' : locate.busy ? 'locating' : 'no',
    trouble: add.error ?? pick.error ?? locate.error,
    alreadyAt: add.busy ? undefined : add.value?.alreadyAt,
    notLocated,
    isBrowsing,
    addPath,
    drop: async (file) => {
      forget();
      const told = window.station?.pathOfFile?.(file) ?? '';
      const found = told === '' ? await locate.run({ name: file.name, sizeBytes: file.size }) : { path: told };
      if (found?.path !== undefined) await addPath(found.path);
      else if (found !== undefined) setNotLocated(file.name);
    },
    browse: async () => {
      forget();
      if (!hasDialogs) return setIsBrowsing(true);
      const picked = await pick.run({});
      if (picked?.path !== undefined) await addPath(picked.path);
    },
    stopBrowsing: () => setIsBrowsing(false),
  };
}
