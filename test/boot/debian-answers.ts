/** Answers to everything that Debian's installer asks on an isolated bench. Question names: example-preseed.txt of the installation guide. */
export function debianAnswers(hostName: string): string {
  return `
d-i debian-installer/locale string en_US.UTF-8
d-i keyboard-configuration/xkb-keymap select us
d-i netcfg/choose_interface select auto
d-i netcfg/get_hostname string ${hostName}
d-i netcfg/get_domain string bench
d-i hw-detect/load_firmware boolean false
d-i clock-setup/ntp boolean false
d-i clock-setup/utc boolean true
d-i time/zone string UTC
d-i passwd/make-user boolean false
d-i passwd/root-password password bench
d-i passwd/root-password-again password bench
d-i partman-auto/disk string /dev/vda
d-i partman-auto/method string regular
d-i partman-auto/choose_recipe select atomic
d-i partman-partitioning/confirm_write_new_label boolean true
d-i partman/choose_partition select finish
d-i partman/confirm boolean true
d-i partman/confirm_nooverwrite boolean true
d-i base-installer/kernel/image string linux-image-cloud-amd64
d-i apt-setup/non-free-firmware boolean false
d-i apt-setup/disable-cdrom-entries boolean true
d-i pkgsel/run_tasksel boolean false
d-i pkgsel/upgrade select none
d-i pkgsel/update-policy select none
d-i grub-installer/only_debian boolean true
d-i grub-installer/bootdev string /dev/vda
d-i debian-installer/add-kernel-opts string console=ttyS0
d-i finish-install/keep-consoles boolean true
d-i finish-install/reboot_in_progress note
`;
}
