import { StationError } from '../../contract/errors.ts';

/** Thrown by the pure parsers: they know what is wrong with the bytes, not in which image the bytes are. */
export class ImageDamage extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'ImageDamage';
  }
}

/** Runs `operation` on the image at `path`; damage found by a parser becomes E_IMAGE_DAMAGED with that path. */
export async function withDamageNamed<Value>(path: string, operation: () => Promise<Value>): Promise<Value> {
  try {
    return await operation();
  } catch (thrown) {
    if (!(thrown instanceof ImageDamage)) throw thrown;
    throw new StationError('E_IMAGE_DAMAGED', { path, detail: thrown.message }, { cause: thrown });
  }
}
