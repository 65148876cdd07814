import { Monitor, Moon, Sun } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { languageOf, languages, offeredLanguages } from '../language/language.ts';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Card } from '../ui/card.tsx';
import { DataList } from '../ui/data-list.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { settingsCatalogue } from './messages.ts';
import styles from './settings-screen.module.css';
import { MachinesCard } from './machines-card.tsx';
import { SharingCard } from './sharing-card.tsx';

export function SettingsScreen() {
  const words = useMessages(settingsCatalogue);
  const isReadOnly = useStation(({ station }) => station.readOnly);
  return (
    <Screen title={words.title} lead={words.lead} width="reading">
      {isReadOnly ? (
        <Note title={words.readOnly} />
      ) : (
        <>
          <Appearance />
          <MachinesCard />
          <SharingCard />
        </>
      )}
      <About />
    </Screen>
  );
}

function Appearance() {
  const words = useMessages(settingsCatalogue);
  const settings = useStation((station) => station.settings);
  const change = useCall('settings.change');
  const { theme, language } = words;
  const shown = languageOf(settings.language);
  const offered = offeredLanguages(shown);
  return (
    <Card flush>
      <div className={styles.setting}>
        <div className={styles.words}>
          <h2 className={styles.label}>{theme.label}</h2>
          <p className={styles.hint}>{theme.hint}</p>
        </div>
        <Segmented
          label={theme.label}
          value={settings.theme}
          options={[
            { value: 'light', label: theme.light, icon: <Sun aria-hidden /> },
            { value: 'dark', label: theme.dark, icon: <Moon aria-hidden /> },
            { value: 'system', label: theme.system, icon: <Monitor aria-hidden /> },
          ]}
          onChange={(chosen) => void change.run({ theme: chosen })}
        />
      </div>
      <div className={styles.setting}>
        <div className={styles.words}>
          <h2 className={styles.label}>{language.label}</h2>
          <p className={styles.hint}>{language.hint}</p>
        </div>
        {offered.length === 1 ? (
          <span className={styles.value}>{languages[shown].name}</span>
        ) : (
          <Segmented
            label={language.label}
            value={shown}
            options={offered.map((one) => ({ value: one, label: languages[one].name }))}
            onChange={(chosen) => void change.run({ language: chosen })}
          />
        )}
      </div>
      {change.error !== undefined && <ErrorNote error={change.error} />}
    </Card>
  );
}

function About() {
  const words = useMessages(settingsCatalogue);
  const { version, platform, hostName } = useStation(({ station }) => station);
  const { about } = words;
  return (
    <Card className={styles.about}>
      <h2 className={styles.title}>{about.title}</h2>
      <DataList
        facts={[
          { label: about.version, value: version },
          { label: about.platform, value: words.platforms[platform] ?? platform },
          { label: about.host, value: <Untrusted text={hostName} /> },
          { label: about.licence, value: about.licenceText },
          { label: about.loaders, value: about.loadersText },
          { label: about.typeface, value: about.typefaceText },
          { label: about.icons, value: about.iconsText },
        ]}
      />
    </Card>
  );
}
