import { Braces } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { answerCatalogue } from './messages.ts';

const placeholders = {
  hostname: '{{@hostname}}',
  serial: '{{@serial}}',
  uuid: '{{@uuid}}',
  mac: '{{@mac}}',
  address: '{{@address}}',
  index: '{{@index}}',
  station: '{{@station}}',
  image: '{{@image}}',
  own: '{{@owner}}',
  secret: '{{@secret.password}}',
} as const;

/** What can be filled in, put where the cursor is. */
export function InsertValue({ onInsert }: { readonly onInsert: (text: string) => void }) {
  const words = useMessages(answerCatalogue).editor;
  const items = (Object.keys(placeholders) as (keyof typeof placeholders)[]).map((id) => ({
    id,
    label: `${placeholders[id]}  ${words.variables[id]}`,
    onChoose: () => onInsert(placeholders[id]),
  }));
  return (
    <Menu
      trigger={
        <Button size="small" icon={<Braces aria-hidden />}>
          {words.insert}
        </Button>
      }
      items={items}
    />
  );
}
