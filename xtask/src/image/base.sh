#!/bin/sh
# The root file system of a small image: packages of Debian trixie, extracted and not configured. What
# was taken is written to /var/lib/dpkg/status.d, as images without a package manager have it.
#
# Arguments: the tar to write; the packages, with commas; packages that these ask for and that nothing
# here starts, with spaces, which are left out again. The mirror is Debian's, or DEBIAN_MIRROR.
set -eu
out=$1 packages=$2 leave=$3
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
keys=/usr/share/keyrings
mmdebstrap --quiet --variant=extract --format=tar --keyring="$keys" --include="$packages" \
    --extract-hook='
        set -eu
        cd "$1"
        leave=" '"$leave"' "
        mkdir -p var/lib/dpkg/status.d
        for deb in var/cache/apt/archives/*.deb; do
            name=$(dpkg-deb --field "$deb" Package)
            case "$leave" in
            *" $name "*)
                dpkg-deb --fsys-tarfile "$deb" | tar --list | while read -r path; do
                    if [ -L "$path" ] || [ -f "$path" ]; then rm "$path"; fi
                done
                ;;
            *) dpkg-deb --field "$deb" > "var/lib/dpkg/status.d/$name" ;;
            esac
        done

        # What configuring would have made.
        if [ -e usr/bin/python3.13 ]; then
            ln -s python3.13 usr/bin/python3
            ln -s python3.13 usr/bin/python
        fi
        find usr/share/ca-certificates -name "*.crt" | LC_ALL=C sort | xargs cat > etc/ssl/certs/ca-certificates.crt
        printf "%s\n" root:x:0:0:root:/root:/usr/sbin/nologin app:x:65532:65532:app:/:/usr/sbin/nologin > etc/passwd
        printf "%s\n" root:x:0: app:x:65532: > etc/group

        # What no program that is started here reads. Licences stay.
        find usr/share/doc -type f ! -name copyright -delete
        find usr/share/doc -type d -empty -delete
        rm -rf usr/share/man usr/share/info usr/share/lintian usr/share/locale usr/share/perl5 usr/share/bug \
            usr/share/bash-completion usr/share/menu usr/share/applications usr/share/pixmaps usr/share/readline \
            usr/share/ca-certificates usr/lib/x86_64-linux-gnu/gconv usr/lib/x86_64-linux-gnu/libmvec.so.1 \
            usr/lib/python3.13/lib-dynload/_test*.so usr/lib/python3.13/lib-dynload/_dbm*.so usr/lib/python3.13/test \
            usr/lib/python3.13/pydoc_data usr/lib/python3.13/_pyrepl usr/lib/python3.13/turtle.py \
            usr/share/git-core/contrib usr/share/gitweb var/cache var/lib/apt var/log
        mkdir -p var/cache/apt/archives/partial var/lib/apt/lists/partial var/log
        find usr -name __pycache__ -prune -exec rm -rf {} +
        find usr/bin usr/lib -type f \( -name "*.so*" -o -name "python3*" \) -exec strip --strip-unneeded {} + 2> /dev/null || true
    ' \
    trixie "$out" "deb [signed-by=$keys/debian-archive-keyring.gpg] $mirror trixie main"
