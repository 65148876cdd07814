import type { CallValue } from '../../main/contract/calls.ts';
import { useChangeDraft, useStation } from '../store/context.tsx';
import { type StationCall, useCall } from '../store/use-call.ts';
import { draftOfProfile } from '../store/wizard-draft.ts';

interface ChooseProfile {
  readonly call: StationCall<'profiles.choose'>;
  /** Fills the wizard in; resolves to what the profile says, or to undefined where it cannot be read. */
  readonly choose: (profileId: string) => Promise<CallValue<'profiles.choose'> | undefined>;
}

export function useChooseProfile(): ChooseProfile {
  const call = useCall('profiles.choose');
  const change = useChangeDraft();
  const session = useStation((station) => station.session);
  return {
    call,
    async choose(profileId) {
      const said = await call.run({ profileId });
      if (said !== undefined && said.image !== 'missing') {
        change((draft) => ({ ...draftOfProfile(draft, said, profileId), leftSessionId: session?.id }));
      }
      return said;
    },
  };
}
