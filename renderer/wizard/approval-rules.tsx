import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft, useStation } from '../store/context.tsx';
import { parseFirst, parseVendors } from '../store/wizard-draft.ts';
import { Field, Input } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import styles from './approval-rules.module.css';
import { wizardCatalogue } from './messages.ts';

/** By which rules machines boot without a person: any one of them is enough. */
export function ApprovalRules() {
  const words = useMessages(wizardCatalogue).boot.approval;
  const { ruleVendors, ruleFirst, ruleMachineList } = useDraft();
  const change = useChangeDraft();
  const known = useStation(({ machines }) => machines.length);
  const [invalid] = parseVendors(ruleVendors).invalid;
  return (
    <div className={styles.rules}>
      <Field
        label={words.vendors}
        hint={words.vendorsHint}
        error={invalid === undefined ? undefined : words.vendorInvalid(inertText(invalid, 40))}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={2_000}
            placeholder="Dell, Lenovo"
            value={ruleVendors}
            onChange={({ target }) => change((draft) => ({ ...draft, ruleVendors: target.value }))}
          />
        )}
      </Field>
      <Field
        label={words.first}
        hint={words.firstHint}
        error={parseFirst(ruleFirst) === undefined ? words.firstInvalid : undefined}
        className={styles.first}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            maxLength={6}
            placeholder="0"
            value={ruleFirst}
            onChange={({ target }) => change((draft) => ({ ...draft, ruleFirst: target.value }))}
          />
        )}
      </Field>
      <Switch
        label={words.machineList}
        hint={words.machineListHint(known)}
        checked={ruleMachineList}
        onChange={(isOn) => change((draft) => ({ ...draft, ruleMachineList: isOn }))}
      />
    </div>
  );
}
