import type { AnswerFormat } from '../../contract/answer.ts';
import { checkAlpine } from './alpine.ts';
import { checkArchinstall, checkArchinstallCredentials } from './archinstall.ts';
import { checkMetaData, checkUserData, standardMetaData, userDataKind } from './cloud-init.ts';
import { readJson } from './json.ts';
import { checkKickstart, escapeKickstart } from './kickstart.ts';
import type { TextProblem } from './placeholder.ts';
import { checkIni, escapeIni, escapeShell, escapeText } from './plain-text.ts';
import { checkPreseed, escapePreseed } from './preseed.ts';
import type { Escaper } from './replacement.ts';
import { checkXml, escapeXml } from './xml.ts';
import { escapeYaml, readYaml } from './yaml.ts';

/** How one file is filled in and checked. */
export interface Syntax {
  readonly escape: Escaper;
  /** Looks at the text with everything filled in. */
  readonly check: (text: string) => readonly TextProblem[];
  readonly contentType: string;
}

const TEXT = 'text/plain; charset=utf-8';
const nothing = (): readonly TextProblem[] => [];

const text: Syntax = { escape: escapeText, check: nothing, contentType: TEXT };
const shell: Syntax = { escape: escapeShell, check: nothing, contentType: TEXT };
const yaml: Syntax = { escape: escapeYaml, check: (one) => readYaml(one).problems, contentType: 'application/yaml' };
const json: Syntax = { escape: escapeYaml, check: (one) => readJson(one).problems, contentType: 'application/json' };
const xml: Syntax = {
  escape: escapeXml({ runsScripts: false }),
  check: (one) => checkXml(one),
  contentType: 'application/xml',
};
const ini: Syntax = { escape: escapeIni, check: checkIni, contentType: TEXT };

const byExtension: Readonly<Record<string, Syntax>> = {
  yaml,
  yml: yaml,
  json,
  xml,
  ini,
  conf: text,
  sh: shell,
  bash: shell,
};

const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
const syntaxByName = (name: string): Syntax | undefined =>
  Object.hasOwn(byExtension, extensionOf(name)) ? byExtension[extensionOf(name)] : undefined;

/** What Arch's live system runs for `script=`: archinstall takes its answers from files, and asks nothing. */
const archinstallScript = `#!/bin/sh
fetch() { curl --fail --silent --show-error --output "/root/$1" {{@station}}/answer/"$1"; }
fetch user_configuration.json || exit
if fetch user_credentials.json; then set -- --creds /root/user_credentials.json; fi
exec archinstall --config /root/user_configuration.json "$@" --silent
`;

interface FormatRule {
  /** Of the file called `name`; `body` tells of files that say themselves what they are. */
  readonly syntaxOf: (name: string, body: string) => Syntax;
  /** The one that the kernel's command line names; undefined: the first. */
  readonly main?: string | undefined;
  /** Files that have to be there and are made where a person gives none. */
  readonly standard?: readonly { readonly name: string; readonly text: string }[] | undefined;
}

const kickstart: Syntax = { escape: escapeKickstart, check: checkKickstart, contentType: TEXT };
const preseed: Syntax = { escape: escapePreseed, check: checkPreseed, contentType: TEXT };
const alpine: Syntax = { escape: escapeShell, check: checkAlpine, contentType: TEXT };
const autoyast: Syntax = {
  ...xml,
  escape: escapeXml({ runsScripts: true }),
  check: (one) => checkXml(one, { root: 'profile', namespace: 'http://www.suse.com/1.0/yast2ns' }),
};
const autounattend: Syntax = {
  ...xml,
  check: (one) =>
    checkXml(one, { root: 'unattend', namespace: 'urn:schemas-microsoft-com:unattend', needs: 'settings' }),
};

function cloudInit(name: string, body: string): Syntax {
  if (name === 'meta-data') return { ...yaml, check: checkMetaData, contentType: TEXT };
  if (name === 'network-config') return { ...yaml, contentType: TEXT };
  const kind = userDataKind(body);
  // An empty vendor-data is as good as none.
  const check = name === 'vendor-data' && body.trim() === '' ? nothing : checkUserData;
  const escape = {
    'cloud-config': escapeYaml,
    script: escapeShell,
    jinja: escapeText,
    other: escapeText,
    unknown: escapeText,
  };
  return { escape: escape[kind], check, contentType: TEXT };
}

/** What is known of each format, once. */
export const formatTable: Readonly<Record<AnswerFormat, FormatRule>> = {
  preseed: { syntaxOf: () => preseed },
  kickstart: { syntaxOf: () => kickstart },
  'cloud-init': {
    syntaxOf: cloudInit,
    standard: [
      { name: 'meta-data', text: standardMetaData },
      { name: 'vendor-data', text: '' },
    ],
  },
  autoyast: { syntaxOf: () => autoyast },
  archinstall: {
    syntaxOf: (name) =>
      name.endsWith('.sh')
        ? shell
        : { ...json, check: /cred/i.test(name) ? checkArchinstallCredentials : checkArchinstall },
    standard: [{ name: 'archinstall.sh', text: archinstallScript }],
    main: 'archinstall.sh',
  },
  alpine: { syntaxOf: () => alpine },
  autounattend: { syntaxOf: () => autounattend },
  plain: { syntaxOf: (name, body) => syntaxByName(name) ?? (body.startsWith('#!/') ? shell : text) },
};
