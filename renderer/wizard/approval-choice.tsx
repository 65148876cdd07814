import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { parseMacs, proposedApproval } from '../store/wizard-draft.ts';
import { Choice, Choices } from '../ui/choice.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import { Note } from '../ui/note.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import styles from './approval-choice.module.css';
import { ApprovalRules } from './approval-rules.tsx';
import { wizardCatalogue } from './messages.ts';

/** Which machines may boot. What can erase disks asks for approval unless the person says otherwise. */
export function ApprovalChoice({ isDestructive }: { readonly isDestructive: boolean }) {
  const words = useMessages(wizardCatalogue).boot.approval;
  const { approval, listedMacs } = useDraft();
  const change = useChangeDraft();
  const chosen = approval ?? proposedApproval(isDestructive);
  const { macs, invalid } = parseMacs(listedMacs);
  const [firstInvalid] = invalid;
  const kinds = [
    ['every-machine', words.everyMachine],
    ['approved', words.approved],
    ['listed', words.listed],
    ['rules', words.rules],
  ] as const;
  return (
    <div className={styles.approval}>
      <Choices label={words.label} showLabel>
        {kinds.map(([kind, { title, detail }]) => (
          <Choice
            key={kind}
            group="approval"
            value={kind}
            checked={kind === chosen}
            onChoose={() => change((draft) => ({ ...draft, approval: kind }))}
            title={title}
            detail={detail}
          />
        ))}
      </Choices>
      {chosen === 'listed' && (
        <Field
          label={words.macs}
          hint={words.macsHint(macs.length)}
          error={firstInvalid === undefined ? undefined : words.macsInvalid(inertText(firstInvalid, 40))}
        >
          {(control) => (
            <TextArea
              {...control}
              code
              rows={5}
              maxLength={100_000}
              placeholder="3c:97:0e:52:1a:07"
              value={listedMacs}
              onChange={({ target }) => change((draft) => ({ ...draft, listedMacs: target.value }))}
            />
          )}
        </Field>
      )}
      {chosen === 'rules' && <ApprovalRules />}
      {chosen === 'every-machine' && isDestructive && <Note tone="trouble" title={words.everyDestructive} urgent />}
    </div>
  );
}
