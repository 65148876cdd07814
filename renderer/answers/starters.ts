import { type Answer, type AnswerFormat, answerFolders } from '../../main/contract/answer.ts';

/** The least that installs without a question, to begin with. */
const texts: Readonly<Record<AnswerFormat, { readonly name: string; readonly text: string }>> = {
  preseed: {
    name: 'bench.cfg',
    text: `# What stands in double braces is filled in for each machine.
d-i debian-installer/locale string en_GB.UTF-8
d-i keyboard-configuration/xkb-keymap select us
d-i netcfg/get_hostname string {{@hostname}}
d-i netcfg/get_domain string bench
d-i time/zone string UTC

# Erases the first disk.
d-i partman-auto/method string regular
d-i partman-auto/choose_recipe select atomic
d-i partman-partitioning/confirm_write_new_label boolean true
d-i partman/choose_partition select finish
d-i partman/confirm boolean true
d-i partman/confirm_nooverwrite boolean true

d-i passwd/make-user boolean false
d-i passwd/root-password password {{@secret.root}}
d-i passwd/root-password-again password {{@secret.root}}

tasksel tasksel/first multiselect standard, ssh-server
d-i grub-installer/only_debian boolean true
d-i grub-installer/bootdev string default
d-i finish-install/reboot_in_progress note
`,
  },
  kickstart: {
    name: 'bench.ks',
    text: `lang en_GB.UTF-8
keyboard us
timezone UTC --utc
network --bootproto=dhcp --hostname={{@hostname}}
rootpw --plaintext {{@secret.root}}

# Erases all disks.
zerombr
clearpart --all --initlabel
autopart
reboot

%packages
@^minimal-environment
%end
`,
  },
  'cloud-init': {
    name: 'user-data',
    text: `#cloud-config
autoinstall:
  version: 1
  locale: en_GB.UTF-8
  keyboard: {layout: us}
  identity:
    hostname: {{@hostname}}
    username: bench
    # A hash, as mkpasswd makes it.
    password: {{@secret.password-hash}}
  ssh: {install-server: true}
  # Erases the largest disk.
  storage: {layout: {name: direct}}
`,
  },
  autoyast: {
    name: 'autoinst.xml',
    text: `<?xml version="1.0"?>
<profile xmlns="http://www.suse.com/1.0/yast2ns" xmlns:config="http://www.suse.com/1.0/configns">
  <networking>
    <dns><hostname>{{@hostname}}</hostname></dns>
  </networking>
  <users config:type="list">
    <user>
      <username>root</username>
      <user_password>{{@secret.root}}</user_password>
      <encrypted config:type="boolean">false</encrypted>
    </user>
  </users>
</profile>
`,
  },
  archinstall: {
    name: 'user_configuration.json',
    text: `{
  "hostname": {{@hostname}},
  "locale_config": { "kb_layout": "us", "sys_enc": "UTF-8", "sys_lang": "en_GB.UTF-8" },
  "timezone": "UTC"
}
`,
  },
  alpine: {
    name: 'answers',
    text: `KEYMAPOPTS="us us"
HOSTNAMEOPTS={{@hostname}}
INTERFACESOPTS="auto lo
iface lo inet loopback

auto eth0
iface eth0 inet dhcp
"
TIMEZONEOPTS="UTC"
PROXYOPTS=none
APKREPOSOPTS="-1"
SSHDOPTS=openssh
NTPOPTS=none
# Erases this disk.
DISKOPTS="-m sys /dev/sda"
`,
  },
  autounattend: {
    name: 'autounattend.xml',
    text: `<?xml version="1.0" encoding="utf-8"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend">
  <settings pass="specialize">
    <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
      <ComputerName>{{@hostname}}</ComputerName>
      <TimeZone>UTC</TimeZone>
    </component>
  </settings>
</unattend>
`,
  },
  plain: { name: 'answers.txt', text: '' },
};

export function starter(format: AnswerFormat, name: string): Answer {
  const { name: ownName, text } = texts[format];
  return { name, format, files: [{ name: answerFolders[format]?.[0] ?? ownName, text }] };
}
