#!/usr/bin/env bash
# Makes the image that programs of the environment "base" run in, where no registry of images can be reached: from the
# packages of this Debian or Ubuntu host, by debootstrap. As root.
#
# Usage: import-base-image.sh [NAME]   (NAME is aicodereval/base unless given)
set -euo pipefail
name=${1:-aicodereval/base}

for command in docker debootstrap apt-get; do
  command -v "$command" > /dev/null || { echo "$0: $command is needed; try: apt-get install docker.io debootstrap" >&2; exit 3; }
done

# The host's own release and where it gets it from.
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
  awk -v release="$release" '$2 == release && $3 == "main" { print $1; exit }')
[ -n "$mirror" ] || { echo "$0: apt has no source for $release main" >&2; exit 3; }

root=$(mktemp -d)
trap 'rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase --include=python3 "$release" "$root" "$mirror" >&2
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
tar --create --directory "$root" . | docker import --change 'LABEL aicodereval=1' - "$name"
